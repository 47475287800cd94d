/** The committee's work: its queue at five thousand, a large package compared, and how soon what is signed is out. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage, type BuiltPackage } from '../src/lib/core/packages/build.ts';
import { checkSource } from '../src/lib/core/packages/source/check.ts';
import { diffUnit } from '../src/lib/core/review/diff.ts';
import { initTrust, refresh } from '../src/lib/core/trust/client.ts';
import { lookUpTarget } from '../src/lib/core/trust/look-up.ts';
import { packagePath } from '../src/lib/core/trust/package-target.ts';
import { startEmbedded } from '../src/lib/server/db/embedded.ts';
import { migrate } from '../src/lib/server/db/migrate.ts';
import { publishBuilt, publishFolder } from '../src/lib/server/packages/publish.ts';
import { checkFolder } from '../src/lib/server/packages/source.ts';
import { createCommittee } from '../src/lib/server/review/committee.ts';
import { openGround } from '../src/lib/server/start/services.ts';
import { fileStore } from '../src/lib/server/trust/file-store.ts';
import { readMetadataFile } from '../src/lib/server/trust/serve.ts';
import { valueOf } from '../tests/factories/built-package.ts';
import {
	approvalBy,
	openCommittee,
	putExpert,
	putPerson,
	putSubmission,
	type Committee,
	type TestExpert
} from '../tests/factories/committee.ts';
import type { TestGround } from '../tests/factories/ground.ts';
import { courseBy, handedIn } from '../tests/factories/handed-in.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';

const SUBMISSIONS = 5000;
const LIMITS = { queue: 100, diff: 1000, publish: 5 };
/** Twelve units in five languages. */
const LARGE = 'content/rooftop-solar';

export async function measureReview(_server: RunningServer, runs: number): Promise<Figure[]> {
	const ground = await openOwnGround();
	try {
		const committee = openCommittee(ground, (...version) => publishBuilt(ground, ...version));
		const author = await putPerson(ground, 'Author', 'teacher');
		const experts = [await putExpert(ground, 'Wei', 'CN'), await putExpert(ground, 'Malee', 'TH')];
		const publish = await seconds(runs, () => signAndAsk(ground, committee, experts, author));
		valueOf(await publishFolder(ground, LARGE, Date.now()));
		const diff: number[] = [];
		for (let run = 0; run < runs; run++) diff.push(await compareAll(committee, experts[0]!, author, run));
		await fillQueue(ground, author.id, experts[0]!);
		const { queue } = createCommittee(committee);
		const ask = async () => (await time(() => queue(experts[1]!, { show: 'mine' }, 'th'))) * 1000;
		await ask();
		const asked: number[] = [];
		for (let run = 0; run < runs * 4; run++) asked.push(await ask());
		return [
			figure('review.queue-ms', 'ms', asked, LIMITS.queue),
			figure('review.diff-ms', 'ms', diff, LIMITS.diff),
			figure('review.publish-s', 's', publish, LIMITS.publish)
		];
	} finally {
		await ground.close();
	}
}

/** A ground with a PostgreSQL of its own, with fsync, as `npm start` makes it. */
async function openOwnGround(): Promise<TestGround> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	await chmod(folder, 0o755);
	const database = valueOf(await startEmbedded(folder));
	const ground = await openGround(folder, database.url, undefined);
	valueOf(await migrate(ground.database.pool));
	return {
		...ground,
		...{ folder, url: database.url },
		close: async () => {
			await ground.database.close();
			await database.stop();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

async function time(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}
async function seconds(runs: number, measure: () => Promise<number>): Promise<number[]> {
	const all: number[] = [];
	for (let run = 0; run < runs; run++) all.push(await measure());
	return all;
}

type Author = Parameters<typeof putSubmission>[2]['author'];

/** From the second expert's signature until a phone that follows the catalogue has the course in it. */
async function signAndAsk(
	ground: TestGround,
	committee: Committee,
	[first, second]: TestExpert[],
	author: Author
): Promise<number> {
	const { built } = await handedIn(courseBy(author.name));
	const id = await putSubmission(committee, built, { author, at: Date.now() });
	const { approve } = createCommittee(committee);
	const sign = async (who: TestExpert) =>
		valueOf(await approve(who, id, await approvalBy(who, built, { now: Date.now() })));
	await sign(first!);
	const store = fileStore(join(ground.folder, 'phone', randomUUID()));
	await initTrust(store, ground.trust.anchor);
	return time(async () => {
		await sign(second!);
		const fetcher = async (name: string) => {
			const bytes = await readMetadataFile(ground.trust, name);
			return bytes
				? { ok: true as const, value: bytes }
				: { ok: false as const, fault: { code: 'trust/missing' as const } };
		};
		const catalogue = valueOf(await refresh(store, fetcher, Date.now()));
		valueOf(await lookUpTarget(catalogue, packagePath('energy', 'th', built.manifest.manifest.id)));
	});
}

/** Opens the review of a next version that changed in every unit and language, and compares all of it. */
async function compareAll(
	committee: Committee,
	expert: TestExpert,
	author: Author,
	run: number
): Promise<number> {
	const built = await nextVersion(run);
	const id = await putSubmission(committee, built, { author });
	const { page, unit } = createCommittee(committee);
	return (
		(await time(async () => {
			const { units, submission } = valueOf(await page(expert, id));
			for (const { language } of submission.languages)
				for (const each of units) {
					const { now, before } = valueOf(await unit(expert, { id, unit: each.id, language }));
					if (diffUnit(before, now, language).kind !== 'changed') throw new Error('nothing changed');
				}
		})) * 1000
	);
}

async function nextVersion(run: number): Promise<BuiltPackage> {
	const { source } = await checkFolder(LARGE);
	const files = new Map(source!.files);
	const editJson = (path: string, edit: (json: { units: Record<string, { summary: string }> }) => void) => {
		const json = JSON.parse(Buffer.from(files.get(path)!).toString());
		edit(json);
		files.set(path, Buffer.from(JSON.stringify(json)));
	};
	for (const [path, bytes] of files) {
		if (/^[A-Za-z-]+\/package\.json$/.test(path)) {
			editJson(path, ({ units }) => Object.values(units).forEach((unit) => (unit.summary += ` ${run}.`)));
		}
		if (!/\/units\/[^/]+\.md$/.test(path)) continue;
		// A few words in every paragraph of each unit.
		const text = Buffer.from(bytes).toString();
		files.set(path, Buffer.from(text.replace(/\n\n(?=\p{L})/gu, `\n\n${run + 1} `)));
	}
	const about = JSON.parse(Buffer.from(files.get('package.json')!).toString()) as Record<string, unknown>;
	files.set('package.json', Buffer.from(JSON.stringify({ ...about, version: `9.${run}.0` })));
	const checked = checkSource(files);
	if (!checked.source) throw new Error(JSON.stringify(checked.faults.slice(0, 3)));
	return buildPackage(checked.source);
}

/** Submissions of every state and sector, most of them read in part. */
async function fillQueue(
	{ database: { pool } }: TestGround,
	author: string,
	expert: TestExpert
): Promise<void> {
	await pool.query(
		`insert into submissions (id, author, draft, package_id, version, manifest, kind, sector, languages, titles,
		   state, since, handed_in_at, waiting, contributors)
		 select gen_random_uuid(), $1, gen_random_uuid(), 'course-' || n, '1.0.0', encode(sha256(n::text::bytea), 'hex'),
		   'micro-course', (array['energy', 'food', 'digital'])[1 + n % 3], array['en', 'th', 'lo'],
		   '{"en": "A course", "th": "หลักสูตร", "lo": "ຫຼັກສູດ"}',
		   (array['in-review', 'in-review', 'changes-asked', 'published', 'approved'])[1 + n % 5], now(),
		   now() - n * interval '1 minute', (array['{en,th,lo}', '{th}', '{lo}', '{}'])[1 + n % 4]::text[],
		   array['name:somebody']
		 from generate_series(1, $2) n`,
		[author, SUBMISSIONS]
	);
	await pool.query(
		`insert into submission_statements (submission_id, digest, expert_id, party_id, account, package_id, decision,
		   languages, envelope, at)
		 select id, manifest, 'e' || n, 'party-' || n % 5, $1, package_id, 'approve', array['th'], '{}', now()
		 from submissions, generate_series(1, 3) n`,
		[expert.id]
	);
	await pool.query(
		`insert into review_comments (id, submission_id, author, text, at)
		 select gen_random_uuid(), id, $1, 'Why?', now() from submissions, generate_series(1, 4)`,
		[expert.id]
	);
	await pool.query('analyze');
}
