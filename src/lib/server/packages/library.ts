/** What pages are answered with: the server's half of the `library` port (docs/spec/server.md, SRV-10 to SRV-19). */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { SimulationWords } from '../../core/lessons/content.ts';
import { composeUnitPage, type UnitUrls } from '../../core/lessons/compose.ts';
import { composeSimulation } from '../../core/lessons/simulation.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import { composeCard, composePackagePage } from '../../core/packages/page.ts';
import type { LibraryPage, PackagePage } from '../../core/protocol/library.ts';
import * as v from 'valibot';
import type { Trust } from '../trust/open.ts';
import type { Database } from '../db/pool.ts';
import { createApprovals } from './approvals.ts';
import type { BlobStore } from './blob-store.ts';
import { currentManifest, currentPackages, findMedia, type MediaRow } from './repository.ts';
import { recalledNow } from './recalls.ts';
import { chooseLanguage, createVersions, type PublishedVersion, type Versions } from './versions.ts';

/** `language` is the interface's; `content` what `?in=` asked for, or null. */
interface Asked {
	language: string;
	content: string | null;
}

type LibraryFault = Fault<'library/not-found' | 'lesson/not-found' | 'lesson/bad-content' | 'trust/recalled'>;
type Answer<Value> = Promise<Result<Value, LibraryFault>>;

export interface Library {
	list: (asked: Asked) => Promise<LibraryPage>;
	package: (asked: Asked, id: string) => Answer<PackagePage>;
	unit: (asked: Asked, id: string, unit: string) => Answer<UnitPage>;
	/** The document of a simulation of the version in force, with one language's words. */
	simulation: (id: string, simulation: string, tag: string) => Answer<string>;
	/** Media by its SHA-256, under the type found in it; null where none was published. */
	media: (digest: string) => Promise<MediaRow | null>;
	versions: Versions;
}

interface LibraryGround {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
}

export function createLibrary({ database, blobs, trust }: LibraryGround): Library {
	const versions = createVersions(database, blobs);
	const approvals = createApprovals(trust, blobs);

	async function inForce(id: string): Answer<PublishedVersion> {
		const manifest = await currentManifest(database, id);
		const version = manifest && (await versions.byManifest(manifest));
		return version ? ok(version) : fail('library/not-found', { id });
	}

	return {
		versions,
		media: (digest) => findMedia(database, digest),

		async list({ language, content }) {
			const rows = await currentPackages(database);
			const found = await Promise.all(
				rows.map(({ manifest, statements }) => versions.byManifest(manifest, statements))
			);
			const packages = found.flatMap((version) => {
				if (!version) return [];
				const { part, bytes } = chooseLanguage(version, [content, language]);
				const languages = [...version.languages.keys()];
				return composeCard({ shared: version.shared, language: part, languages, bytes });
			});
			return { checked: 'online', packages };
		},

		async package({ language, content }, id) {
			const version = await inForce(id);
			if (!version.ok) return version;
			const { manifest, shared, languages } = version.value;
			const { part } = chooseLanguage(version.value, [content, language]);
			const open = await recalledNow(trust, version.value, part, null);
			if (!open.ok) return open;
			const approval = await approvals.of(version.value, part);
			const translations = [...languages.values()];
			return ok(
				composePackagePage({
					...{ manifest, shared, language: part, translations, approval },
					checked: 'online'
				})
			);
		},

		async unit({ language, content }, id, unit) {
			const version = await inForce(id);
			if (!version.ok) return version;
			const { shared, languages } = version.value;
			const { part } = chooseLanguage(version.value, [content, language]);
			const open = await recalledNow(trust, version.value, part, unit);
			if (!open.ok) return open;
			const files = { shared: await versions.files(shared), language: await versions.files(part) };
			const { people: checkers } = await approvals.of(version.value, part);
			const source = { shared, language: part, files, checkers, languages: [...languages.keys()] };
			return composeUnitPage({ ...source, checked: 'online', urls: urlsOf(id) }, unit);
		},

		async simulation(id, simulation, tag) {
			const version = await inForce(id);
			if (!version.ok) return version;
			const language = version.value.languages.get(tag);
			if (!language) return fail('library/not-found', { id });
			const html = (await versions.files(version.value.shared)).text(`sims/${simulation}.html`);
			const path = `sims/${simulation}.json`;
			const json = (await versions.files(language.part)).text(path);
			if (html === null || json === null) return fail('library/not-found', { id });
			const words = v.safeParse(v.pipe(v.string(), v.parseJson(), SimulationWords), json);
			if (!words.success) return fail('lesson/bad-content', { path });
			return ok(composeSimulation(html, tag, words.output.words));
		}
	};
}

const urlsOf = (id: string): UnitUrls => ({
	media: ({ digest, path }) => ({
		url: `/media/${digest}.${path.slice(path.lastIndexOf('.') + 1)}`,
		here: false
	}),
	simulation: (simulation, tag) => `/sim/${id}/${simulation}/${tag}`
});
