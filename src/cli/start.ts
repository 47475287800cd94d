/** `npm start`: everything from a bare checkout to a page that answers, and its end (docs/operations.md). */
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../lib/core/base/result.ts';
import { createCliTranslate, describeFault, terminalLanguage } from '../lib/i18n/node.ts';
import { createFormat } from '../lib/i18n/format.ts';
import { startEmbedded } from '../lib/server/db/embedded.ts';
import { migrate } from '../lib/server/db/migrate.ts';
import { ensureDemoPeople, type DemonstrationPerson } from '../lib/server/identity/demonstration.ts';
import { createVersions } from '../lib/server/packages/versions.ts';
import { BUILD, buildApp } from '../lib/server/start/app-build.ts';
import { Closers } from '../lib/server/start/closers.ts';
import { publishContent } from '../lib/server/start/content.ts';
import { openDataFolder } from '../lib/server/start/data-folder.ts';
import { explainThrown } from '../lib/server/start/faults.ts';
import { addressOf, close, listen, networkAddresses, serve } from '../lib/server/start/listen.ts';
import { handOver, openGround, openPeople, openReview, type Ground } from '../lib/server/start/services.ts';
import { readSettings, type Settings } from '../lib/server/start/settings.ts';
import { makeFramesAhead } from '../lib/server/start/making-frames.ts';
import { renewDaily } from '../lib/server/start/renewal.ts';
import { sweepDaily } from '../lib/server/start/sweeping.ts';
import type { Review } from '../lib/server/review/open.ts';
import { describePublishing } from './publishing.ts';

const t = createCliTranslate();
const format = createFormat(terminalLanguage());
const say = (...[key, params]: Parameters<typeof t>) => console.log(t(key, params));

/** Thrown where the start cannot go on, with what is said about it. */
class Refused extends Error {
	readonly fault: Fault;
	constructor(fault: Fault) {
		super(fault.code);
		this.fault = fault;
	}
}

function need<Value>(result: { ok: true; value: Value } | { ok: false; fault: Fault }): Value {
	if (!result.ok) throw new Refused(result.fault);
	return result.value;
}

export async function run(): Promise<never> {
	const closers = new Closers();
	const stopped = untilStopped();
	const settings = readSettings();
	// Whoever read what we say has gone (`npm start | head`): no reason to stop.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
	process.on('uncaughtException', (error) => {
		console.error(error);
		void closers.closeAll().finally(() => process.exit(1));
	});
	try {
		await Promise.race([stopped, start(need(settings), closers)]);
		await stopped;
		say('cli.stopping');
		await closers.closeAll();
		say('cli.stopped');
		// What a stop in the middle of the start left under way ends here.
		process.exit(0);
	} catch (error) {
		const folder = settings.ok ? settings.value.DATA_DIR : '';
		const fault = error instanceof Refused ? error.fault : explainThrown(error, folder);
		if (fault) console.error(describeFault(t, fault));
		else console.error(error);
		await closers.closeAll();
		process.exit(1);
	}
}

async function start(settings: Settings, closers: Closers): Promise<void> {
	const began = performance.now();
	const seconds = () => format.number(Math.round((performance.now() - began) / 100) / 10);

	const server = need(await listen(settings.PORT, settings.HOST));
	closers.add(() => close(server));
	const folder = need(await openDataFolder(settings.DATA_DIR, !settings.DATABASE_URL));
	closers.add(folder.release);
	say(folder.isElsewhere ? 'cli.data-elsewhere' : 'cli.data', { folder: folder.path });

	if (settings.SETARA_ROOT) await needReadable(settings.SETARA_ROOT);
	const stopBuild = new AbortController();
	closers.add(() => Promise.resolve(stopBuild.abort()));
	const building = buildApp({
		rootFile: settings.SETARA_ROOT,
		signal: stopBuild.signal,
		onBuild: () => say('cli.building')
	});
	// Looked at below; if something else fails first, that is what is said.
	building.catch(() => {});
	const ground = await openAll(settings, folder.path, closers);
	say('cli.database-ready', { seconds: seconds() });
	closers.add(renewDaily(ground.trust, (key, params) => console.warn(t(key, params))));

	await publishContent(ground, settings.CONTENT_DIR, Date.now(), (id, result) => {
		const line = describePublishing(t, id, result);
		if (line) console.log(line);
	});
	closers.add(sweepDaily((await finishReviews(ground)).handIns));
	const { identity, progress, copies } = await openPeople(ground);
	// Scores that waited for a package which is here now.
	await progress.settleHeld();
	// What a stop left between logs and what authors see.
	await copies.copyAll();
	if (need(await building)) say('cli.built', { seconds: seconds() });
	// Not before the build is done: whoever stops it half way would never see these passwords.
	const isDemonstration = settings.SETARA_DEMO && ground.trust.demonstration;
	const people = isDemonstration ? await ensureDemoPeople(ground.database, identity) : [];
	const firstCode = isDemonstration ? null : await identity.makeFirstCode();
	handOver(ground);
	await serve(server, BUILD, join(folder.path, 'releases'), ground.blobs, settings);
	closers.add(makeFramesAhead(ground));
	// Once more, so that answers end before what they stand on.
	closers.add(() => close(server));
	announce(settings, seconds());
	if (people.length > 0) announcePeople(people);
	if (firstCode) {
		const address = settings.ORIGIN ?? addressOf('localhost', settings.PORT);
		// Behind `#`, so that no log on the way keeps it.
		say('people.first-administrator', { address: `${address}/${terminalLanguage()}/me/join#${firstCode}` });
	}
}

/** A table of names and passwords, for a first look. */
function announcePeople(people: DemonstrationPerson[]): void {
	const width = Math.max(...people.map(({ name }) => name.length));
	say('people.demo-people');
	for (const { name, password, role, institution } of people) {
		const place = institution && `, ${institution.name} (${format.country(institution.country)})`;
		console.log(`  ${name.padEnd(width)}  ${password}  ${t(`people.role-${role}`)}${place ?? ''}`);
	}
}

/** Checks what had arrived and publishes what two parties had approved just before a power cut. */
async function finishReviews(ground: Ground): Promise<Review> {
	const review = openReview(ground, createVersions(ground.database, ground.blobs));
	await review.handIns.reconcile();
	const left = await review.committee.reconcile();
	for (const { id, fault } of left) console.error(`review ${id}: ${fault.code}`);
	return review;
}

async function needReadable(rootFile: string): Promise<void> {
	await access(rootFile, constants.R_OK).catch((error: Error) => {
		throw new Refused({ code: 'start/trust-unusable', params: { reason: error.message } });
	});
}

/** Database, migrations, blobs, trust. */
async function openAll(settings: Settings, folder: string, closers: Closers): Promise<Ground> {
	let url = settings.DATABASE_URL;
	if (!url) {
		// Noted before it runs, so that a stop in the middle of it leaves no server behind.
		const starting = startEmbedded(folder);
		closers.add(() => starting.then((database) => (database.ok ? database.value.stop() : undefined)));
		url = need(await starting).url;
	}
	const ground = await openGround(folder, url, settings.SETARA_ROOT).catch((error: Error) => {
		if (!settings.SETARA_ROOT || explainThrown(error, folder)) throw error;
		throw new Refused({ code: 'start/trust-unusable', params: { reason: error.message } });
	});
	closers.add(ground.database.close);
	const ran = need(await migrate(ground.database.pool));
	if (ran.length > 0) say('cli.migrated', { count: ran.length });
	return ground;
}

function announce({ ORIGIN, HOST, PORT }: Settings, seconds: string): void {
	const network = networkAddresses(HOST, PORT);
	say('cli.ready', { seconds, address: ORIGIN ?? addressOf('localhost', PORT) });
	if (ORIGIN?.startsWith('https:') || network.length === 0) return;
	say('cli.network', { addresses: network.join(' ') });
	say('cli.no-offline');
}

/** Resolves at Ctrl-C, at a polite kill, and when the process that started us is gone. Asking twice changes nothing. */
function untilStopped(): Promise<void> {
	return new Promise((done) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
		if (process.channel) process.on('disconnect', () => done());
	});
}
