/** Reads a unit's blocks aloud, one after the other, with a voice of this phone. */
import { localVoice } from './voice.ts';

export class ReadAloud {
	/** The phone has a voice of the language. */
	available = $state(false);
	/** Index of the block being read, null while silent. */
	block = $state<number | null>(null);
	#voice: SpeechSynthesisVoice | null = null;
	// A new start or a stop makes what was under way forget its next step.
	#turn = 0;

	/** Looks for a voice, now and whenever the phone's list changes; answers what ends it. In a browser only. */
	watch(language: string): () => void {
		const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
		if (!speech) return () => {};
		const look = () => {
			this.#voice = localVoice(speech.getVoices(), language);
			this.available = this.#voice !== null;
		};
		look();
		speech.addEventListener?.('voiceschanged', look);
		return () => {
			speech.removeEventListener?.('voiceschanged', look);
			this.stop();
		};
	}

	/** Reads texts from one on; `reached` is told each block that begins. Blocks without words are passed over. */
	start(texts: readonly string[], from: number, reached: (block: number) => void): void {
		const turn = ++this.#turn;
		speechSynthesis.cancel();
		const next = (index: number) => {
			if (turn !== this.#turn) return;
			if (index >= texts.length) return this.stop();
			const lines = texts[index]!.split('\n').filter((line) => line.trim() !== '');
			if (lines.length === 0) return next(index + 1);
			this.block = index;
			reached(index);
			this.#speak(lines, () => next(index + 1), turn);
		};
		next(from);
	}

	/** Says one text, apart from the unit's own. */
	say(text: string): void {
		this.stop();
		this.#speak([text], () => {}, this.#turn);
	}

	stop(): void {
		this.#turn += 1;
		this.block = null;
		globalThis.speechSynthesis?.cancel();
	}

	#speak(lines: readonly string[], done: () => void, turn: number): void {
		const [line, ...rest] = lines;
		if (line === undefined) return done();
		const utterance = new SpeechSynthesisUtterance(line);
		utterance.voice = this.#voice;
		utterance.lang = this.#voice?.lang ?? '';
		utterance.onend = () => turn === this.#turn && this.#speak(rest, done, turn);
		utterance.onerror = () => turn === this.#turn && this.stop();
		speechSynthesis.speak(utterance);
	}
}
