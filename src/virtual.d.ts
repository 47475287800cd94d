declare module 'virtual:catalogue/*' {
	const catalogue: Record<string, string>;
	export default catalogue;
}

declare module 'virtual:catalogue-work/*' {
	const catalogue: Record<string, string>;
	export default catalogue;
}

declare module 'virtual:catalogue-later/*' {
	const catalogue: Record<string, string>;
	export default catalogue;
}

declare module 'virtual:icon/*' {
	const path: string;
	export default path;
}

declare module 'virtual:root' {
	const root: string;
	export default root;
}
