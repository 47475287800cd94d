import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../lib/core/base/hash.ts';
import { enrolInto, EnrolmentRequest } from '../lib/core/trust/enrolment.ts';
import type { Expert, Register, Signer } from '../lib/core/trust/types.ts';
import { readIfThere, writeWhole } from '../lib/server/trust/files.ts';
import {
	addSignatures,
	enrol,
	foundTrust,
	inspect,
	registerIn,
	renew,
	rotate
} from '../lib/server/trust/offline.ts';
import { makeKey, readKey } from '../lib/server/trust/signing.ts';

const USAGE = `setara trust key NAME.pem                         make a key; prints its public half
setara trust init   --dir D [--root PUB… --root-threshold N --targets PUB… --targets-threshold N --online PUB]
                    a new root and targets; without keys it makes them under D-keys
setara trust enrol  --dir D --key PEM… [--request FILE…] [--register FILE] [--party FILE] [--expert FILE] [--language TAG…]
                    enrols experts whose devices asked for it (exported from their page), adds parties and experts
                    (JSON files), or puts another register in place
setara trust retire --dir D --key PEM… --public PUB [--counts DIGEST…]
                    ends an expert's key; only the statements named by digest still count
setara trust renew  --dir D --key PEM… [root|targets]    the same again with a new date
setara trust rotate --dir D --key PEM… --to PUB… [--threshold N] online|root|targets
setara trust sign   --key PEM… FILE                      adds signatures where not all keys were at hand
setara trust show   --dir D`;

const OPTIONS = {
	dir: { type: 'string' },
	key: { type: 'string', multiple: true, default: [] as string[] },
	root: { type: 'string', multiple: true },
	targets: { type: 'string', multiple: true },
	'root-threshold': { type: 'string' },
	'targets-threshold': { type: 'string' },
	online: { type: 'string' },
	register: { type: 'string' },
	request: { type: 'string', multiple: true, default: [] as string[] },
	party: { type: 'string', multiple: true, default: [] as string[] },
	expert: { type: 'string', multiple: true, default: [] as string[] },
	language: { type: 'string', multiple: true, default: [] as string[] },
	public: { type: 'string' },
	counts: { type: 'string', multiple: true, default: [] as string[] },
	to: { type: 'string', multiple: true, default: [] as string[] },
	threshold: { type: 'string', default: '1' }
} as const;
type Values = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options: OPTIONS });

/** Root, targets and the register, on files, with keys that never lie on a server (docs/spec/trust.md, TRU-30). */
export async function run(args: string[]): Promise<number> {
	try {
		const { values, positionals } = parse(args);
		const [verb, what] = positionals;
		const now = Date.now();
		if (verb === 'key' && what) {
			console.log(await makeKeyFile(what));
			return 0;
		}
		const signers = await Promise.all(values.key.map(readKeyFile));
		if (verb === 'sign' && what) {
			await addSignatures(what, signers);
			return 0;
		}
		if (!values.dir || !verb) throw new Error(USAGE);
		const dir = values.dir;
		if (verb === 'init') await init(dir, values, signers, now);
		else if (verb === 'enrol') await enrolFrom(dir, values, signers, now);
		else if (verb === 'retire') await enrol(dir, (register) => retire(register, values), signers, now);
		else if (verb === 'renew')
			for (const kind of ['root', 'targets'] as const) {
				if (!what || what === kind) await renew(dir, kind, signers, now);
			}
		else if (verb === 'rotate' && (what === 'online' || what === 'root' || what === 'targets'))
			await rotate(dir, what, values.to, Number(values.threshold), signers, now);
		else if (verb !== 'show') throw new Error(USAGE);
		for (const { file, expires, signatures, complete } of await inspect(dir))
			console.log(
				`${file}  until ${new Date(expires).toISOString().slice(0, 10)}  ${signatures} signature(s)  ${complete ? 'complete' : 'NOT YET COMPLETE: setara trust sign'}`
			);
		return 0;
	} catch (error) {
		console.error((error as Error).message);
		return 1;
	}
}

async function init(dir: string, values: Values, given: Signer[], now: number): Promise<void> {
	const signers = [...given];
	const made = async (name: string): Promise<string> => {
		const path = join(`${dir}-keys`, `${name}.pem`);
		const key = await makeKeyFile(path);
		signers.push(await readKeyFile(path));
		return key;
	};
	const rootKeys = values.root ?? [await made('root-1'), await made('root-2'), await made('root-3')];
	const targetsKeys = values.targets ?? [await made('targets-1'), await made('targets-2')];
	const onlineKey = values.online ?? (await made('online'));
	const register = values.register ? await readJson<Register>(values.register) : { parties: [], experts: [] };
	const charter = {
		...{ rootKeys, targetsKeys, onlineKey, register },
		rootThreshold: Number(values['root-threshold'] ?? 2),
		targetsThreshold: Number(values['targets-threshold'] ?? 2)
	};
	await foundTrust(
		dir,
		values.language.length ? { ...charter, languages: values.language } : charter,
		signers,
		now
	);
	console.log(
		`Give the server ${dir} with online.pem in it. All other keys stay apart from it and from each other.`
	);
}

async function enrolFrom(dir: string, values: Values, signers: Signer[], now: number): Promise<void> {
	const replaced = values.register ? await readJson<Register>(values.register) : null;
	const parties = await Promise.all(values.party.map((file) => readJson<Register['parties'][number]>(file)));
	const experts = await Promise.all(values.expert.map((file) => readJson<Expert>(file)));
	const before = replaced ?? (await registerIn(dir));
	let register: Register = {
		parties: [...before.parties, ...parties],
		experts: [...before.experts, ...experts]
	};
	for (const file of values.request) register = await enrolRequest(register, file);
	await enrol(dir, () => register, signers, now, values.language);
}

/** Puts one device's request into the register, and says whom it would make an expert of what. */
async function enrolRequest(register: Register, file: string): Promise<Register> {
	const request = v.safeParse(EnrolmentRequest, await readJson(file));
	if (!request.success) throw new Error(`${file} is no request for enrolment`);
	const { expert, party, key, retire } = request.output;
	const enrolled = await enrolInto(register, request.output);
	if (!enrolled.ok) {
		throw new Error(
			enrolled.fault.code === 'review/bad-proof'
				? `${file}: the key is not proved to be held by who asks`
				: `${file}: a key or name of it stands in the register already, or its expert is of another party`
		);
	}
	const scope = `${expert.sectors.join(', ')}; ${expert.languages.join(', ')}`;
	console.log(`${expert.name} (${expert.id}) of ${party.name}, ${party.country}: ${scope}`);
	if (key) console.log(`  key ${key.public}`);
	for (const { key: ended, counts } of retire)
		console.log(`  ends ${ended}; ${counts.length} statement(s) of it still count`);
	return enrolled.value;
}

function retire(register: Register, values: Values): Register {
	const key = values.public;
	const holder = register.experts.find(({ keys }) => key && keys.includes(key));
	if (!holder || !key) throw new Error('--public names no key of the register');
	holder.keys = holder.keys.filter((other) => other !== key);
	holder.retired = [...(holder.retired ?? []), { key, counts: values.counts }];
	return register;
}

async function makeKeyFile(path: string): Promise<string> {
	if (await readIfThere(path)) throw new Error(`${path} is there already`);
	const { signer, pem } = makeKey();
	await writeWhole(path, utf8(pem), 0o600);
	await chmod(path, 0o600);
	return signer.key;
}

async function readKeyFile(path: string): Promise<Signer> {
	const pem = await readIfThere(path);
	if (!pem) throw new Error(`${path}: no such key`);
	return readKey(pem);
}

async function readJson<Value>(path: string): Promise<Value> {
	const bytes = await readIfThere(path);
	if (!bytes) throw new Error(`${path}: no such file`);
	return JSON.parse(fromUtf8(bytes)) as Value;
}
