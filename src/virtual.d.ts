declare module 'virtual:catalogue/*' {
	const catalogue: Record<string, string>;
	export default catalogue;
}

declare module 'virtual:icon/*' {
	const path: string;
	export default path;
}
