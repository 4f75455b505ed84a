/** A note of three lines and its signatures, with an empty line behind it, or at the end of the text. */
const NOTE = /^([^\n]+\n\d+\n[^\n]+\n\n(?:— [^\n]+\n)+)(?:\n|(?![\s\S]))/gmu;

/** What is kept of what is no note: more than any note of ours has. */
const MOST_CARRIED = 1024 * 1024;

/** The notes of a text, and how many pieces of it are none. */
export interface CheckpointNotes {
  readonly notes: readonly string[];
  /** Torn notes, as a power cut leaves them, and whatever else stands there. */
  readonly skipped: number;
}

/**
 * The signed notes in a file as AUDIT_CHECKPOINT_FILE is written, an empty line behind each, or in one that holds a single
 * note, as GET /audit/checkpoint answers it. Nothing of them is verified. It never throws.
 */
export function notesIn(text: string): CheckpointNotes {
  const reader = new CheckpointNoteReader();
  const notes = [...reader.take(text), ...reader.end()];
  return { notes, skipped: reader.skipped };
}

/** The same of a file that comes in pieces, however long it is. */
export class CheckpointNoteReader {
  #rest = '';
  #isLoose = false;
  #skipped = 0;

  get skipped(): number {
    return this.#skipped;
  }

  /** The notes that are whole by now, as far as what follows them is known too. */
  take(text: string): readonly string[] {
    this.#rest += text;
    // A note at the end of a piece may go on in the next one.
    const end = this.#rest.lastIndexOf('\n\n— ');
    const whole = end < 0 ? 0 : end;
    const { notes, at } = this.#match(whole);
    this.#drop(at);
    if (this.#rest.length > MOST_CARRIED) {
      this.#isLoose = true;
      this.#rest = this.#rest.slice(-MOST_CARRIED / 2);
    }
    return notes;
  }

  /** The last ones. */
  end(): readonly string[] {
    const { notes, at } = this.#match(this.#rest.length);
    this.#drop(at);
    if (this.#isLoose || /\S/u.test(this.#rest)) this.#skipped += 1;
    this.#rest = '';
    this.#isLoose = false;
    return notes;
  }

  /** Notes that begin and end before `limit`, and where the last of them ends. */
  #match(limit: number): { readonly notes: readonly string[]; readonly at: number } {
    const notes: string[] = [];
    let at = 0;
    for (const match of this.#rest.matchAll(NOTE)) {
      const [all, note = ''] = match;
      if (match.index + all.length > limit) break;
      if (/\S/u.test(this.#rest.slice(at, match.index)) || this.#isLoose) this.#skipped += 1;
      this.#isLoose = false;
      notes.push(note);
      at = match.index + all.length;
    }
    return { notes, at };
  }

  #drop(characters: number): void {
    this.#rest = this.#rest.slice(characters);
  }
}
