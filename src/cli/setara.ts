/**
 * `npm run -s setara -- COMMAND …`: each command is a module with `run(args)`, which answers the exit code and is
 * loaded only when it is asked for.
 */
type Command = { run(args: string[]): Promise<number> };

const COMMANDS: Record<string, { does: string; load: () => Promise<Command> }> = {
	start: { does: 'builds, migrates, publishes and serves (npm start)', load: () => import('./start.ts') },
	build: { does: 'builds the app where its sources changed', load: () => import('./build.ts') },
	package: { does: 'check, build, inspect, verify, diff of packages', load: () => import('./package.ts') },
	publish: { does: 'puts a package source in force', load: () => import('./publish.ts') },
	backup: { does: 'writes all that a server holds into one file', load: () => import('./backup.ts') },
	restore: { does: 'makes a data folder of a backup', load: () => import('./restore.ts') },
	people: { does: 'reset-code and administrator, for a name', load: () => import('./people.ts') },
	tuf: { does: 'a TUF client: init, refresh, download', load: () => import('./tuf.ts') },
	test: { does: 'all checks and tests (npm test)', load: () => import('./test.ts') },
	bench: { does: 'measures what is promised (npm run bench)', load: () => import('../../bench/index.ts') },
	trust: { does: 'root, targets and register, on files, offline', load: () => import('./trust.ts') }
};

const [asked = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
if (command) {
	process.exitCode = await (await command.load()).run(args);
} else {
	const lines = Object.entries(COMMANDS).map(([key, { does }]) => `  ${key.padEnd(10)}${does}`);
	console.error(`${asked ? `Unknown command: ${asked}\n` : ''}setara COMMAND …\n${lines.join('\n')}`);
	process.exitCode = 1;
}

export {};
