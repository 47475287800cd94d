/** `setara package check|build|inspect|verify|diff`: packages on disk, without a server. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Fault, Result } from '../lib/core/base/result.ts';
import { blobsOf, buildPackage } from '../lib/core/packages/build.ts';
import { diffVersions } from '../lib/core/packages/diff.ts';
import type { SourceFault } from '../lib/core/packages/source/faults.ts';
import {
	verifyBuild,
	verifyPackage,
	writeBuild,
	type VerifiedPackage
} from '../lib/server/packages/build-folder.ts';
import { describePackage, type PackageDescription } from '../lib/server/packages/describe.ts';
import { checkFolder } from '../lib/server/packages/source.ts';
import { createCliTranslate, describeFault } from '../lib/i18n/node.ts';

const USAGE = `setara package check DIR…          every fault of a package source, by file and line
setara package build DIR --out OUT  the package as it is approved and sent: manifest.json and blobs/
setara package inspect DIR-OR-FILE  what is in it: parts, languages, digests, bytes
setara package verify DIR-OR-FILE   every digest, every rule; exit 1 for one wrong byte
setara package diff A B             parts, units and files that differ, bytes to fetch anew
DIR is a source or a build, FILE the manifest.json of a build. --json answers in JSON.`;

/** What a command found out: for a machine, and in lines for a person. */
interface Answer {
	code: number;
	json: unknown;
	lines: string[];
}

const t = createCliTranslate();
const ok = (json: object, lines: string[]): Answer => ({ code: 0, json: { ok: true, ...json }, lines });
const refused = (fault: Fault): Answer => {
	const message = describeFault(t, fault);
	return { code: 1, json: { ok: false, fault: { ...fault, message } }, lines: [`${fault.code}: ${message}`] };
};

const VERBS: Record<string, (paths: string[], out: string | undefined) => Promise<Answer | null>> = {
	check: async (paths) => (paths.length > 0 ? check(paths) : null),
	build: async ([dir], out) => (dir !== undefined && out !== undefined ? build(dir, out) : null),
	inspect: async ([path]) => (path === undefined ? null : inspect(path)),
	verify: async ([path]) => (path === undefined ? null : verify(path)),
	diff: async ([before, after]) => (before !== undefined && after !== undefined ? diff(before, after) : null)
};

/** Runs a command. Exit code 0: well; 1: a fault in the package; 2: not to be done as asked. */
export async function run(args: string[]): Promise<number> {
	try {
		const options = { json: { type: 'boolean' }, out: { type: 'string' } } as const;
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
		const [verb = '', ...paths] = positionals;
		const answer = Object.hasOwn(VERBS, verb) ? await VERBS[verb]!(paths, values.out) : null;
		if (!answer) throw new Error(USAGE);
		console.log(values.json ? JSON.stringify(answer.json, null, 2) : answer.lines.join('\n'));
		return answer.code;
	} catch (error) {
		console.error((error as Error).message);
		return 2;
	}
}

async function check(dirs: string[]): Promise<Answer> {
	const packages = [];
	for (const dir of dirs) {
		const { faults } = await checkFolder(dir);
		packages.push({ dir, faults: faults.map((fault) => ({ ...fault, message: describeFault(t, fault) })) });
	}
	const count = packages.reduce((sum, { faults }) => sum + faults.length, 0);
	const lines = packages.flatMap(({ dir, faults }) => [
		...faults.map((fault) => `${lineOf(dir, fault)}  ${fault.code}  ${fault.message}`),
		`${dir}: ${faults.length === 0 ? 'no faults' : `${faults.length} fault(s)`}`
	]);
	return { code: count === 0 ? 0 : 1, json: { ok: count === 0, packages }, lines };
}

const lineOf = (dir: string, { file, line }: SourceFault): string =>
	`${join(dir, file)}${line === null ? '' : `:${line}`}`;

async function build(dir: string, out: string): Promise<Answer> {
	const { faults, source } = await checkFolder(dir);
	if (!source) return faulty(dir, faults);
	const built = await buildPackage(source);
	await writeBuild(out, built);
	const parts = built.parts.map(({ name, digest, pack }) => ({ part: name, digest, pack: pack.digest }));
	return ok({ out, manifest: built.manifest.digest, parts }, [
		`${source.package.id} ${source.package.version}  ${built.manifest.digest}  ${out}`
	]);
}

function faulty(dir: string, faults: SourceFault[]): Answer {
	const said = faults.map((fault) => ({ ...fault, message: describeFault(t, fault) }));
	const lines = said.map((fault) => `${lineOf(dir, fault)}  ${fault.code}  ${fault.message}`);
	return { code: 1, json: { ok: false, packages: [{ dir, faults: said }] }, lines };
}

async function verify(path: string): Promise<Answer> {
	const found = await load(path);
	if ('code' in found) return found;
	if (!found.ok) return refused(found.fault);
	const { digest, manifest } = found.value.manifest;
	return ok({ manifest: digest, id: manifest.id, version: manifest.version }, [
		`${manifest.id} ${manifest.version}  ${digest}  verified`
	]);
}

async function inspect(path: string): Promise<Answer> {
	const found = await load(path);
	if ('code' in found) return found;
	if (!found.ok) return refused(found.fault);
	const description = await describePackage(found.value);
	return ok(description, linesOf(description));
}

function linesOf(about: PackageDescription): string[] {
	const size = (bytes: number) => bytes.toLocaleString('en').padStart(12);
	return [
		`${about.id} ${about.version}  ${about.kind}, ${about.sector}, ${about.licence}`,
		`manifest  ${about.manifest}`,
		...about.parts.map(
			({ part, digest, pack, frame, media, translation }) =>
				`${part.padEnd(9)} ${digest}  texts ${size(pack)}  frame ${size(frame)}  media ${size(media)}  ${translation ?? ''}`
		),
		`bytes to fetch     text${''.padEnd(7)}pictures${''.padEnd(7)}audio${''.padEnd(7)}video`,
		...about.languages.map(
			({ language, bytes }) =>
				`${language.padEnd(9)}${[bytes.text, bytes.pictures, bytes.audio, bytes.video].map(size).join('')}`
		)
	];
}

async function diff(before: string, after: string): Promise<Answer> {
	const versions: VerifiedPackage[] = [];
	for (const path of [before, after]) {
		const found = await load(path);
		if ('code' in found) return found;
		if (!found.ok) return refused(found.fault);
		versions.push(found.value);
	}
	const parts = diffVersions(versions[0]!, versions[1]!);
	const lines = parts.flatMap(({ part, change, units, files, bytes }) => [
		`${part.padEnd(9)} ${change.padEnd(8)} ${bytes} bytes${units.length > 0 ? `  units: ${units.join(', ')}` : ''}`,
		...files.map((file) => `  ${file.change.padEnd(8)} ${file.path}`)
	]);
	return ok({ parts }, lines);
}

/** A package from a build or from a source, verified in either case; an answer where the source has faults. */
async function load(path: string): Promise<Result<VerifiedPackage, Fault> | Answer> {
	const isBuild = basename(path) === 'manifest.json' || existsSync(join(path, 'manifest.json'));
	if (isBuild) return verifyBuild(path);
	const { faults, source } = await checkFolder(path);
	if (!source) return faulty(path, faults);
	const built = await buildPackage(source);
	const blobs = blobsOf(built);
	return verifyPackage(built.manifest.digest, async (digest) => blobs.get(digest) ?? null);
}
