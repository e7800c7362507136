import { Problem } from '@sestante/runtime';
import type { ImportState, Progress } from './import.ts';
import type { HeldImport, Imports } from './imports.ts';

const saveEveryMs = 500;

/** An import in the hands of an upload, which writes down twice a second how far it is: whoever asks sees it, and nobody else takes it. */
export class Hold {
  readonly progress: { -readonly [Field in keyof Progress]: Progress[Field] };
  private readonly timer = setInterval(() => (this.saving ??= this.tell()), saveEveryMs);
  private saving: Promise<void> | undefined;

  constructor(
    private readonly imports: Imports,
    readonly held: HeldImport,
    /** Told when another upload has taken the import. */
    private readonly onLost: (problem: Problem) => void,
  ) {
    this.progress = held.revision > 1 ? { ...held.progress, ...nothing } : { ...held.progress };
  }

  /** Writes down how it ended. Throws `Problem` 409 where another upload has taken the import. */
  async release(state: ImportState, reason: string | null = null): Promise<void> {
    clearInterval(this.timer);
    await this.saving;
    if (!(await this.imports.save(this.held, this.progress, { state, reason }))) throw taken();
  }

  private async tell(): Promise<void> {
    try {
      if (!(await this.imports.save(this.held, this.progress, { state: 'running', reason: null })))
        this.onLost(taken());
    } catch {
      // The database is away. The next half second tries again.
    } finally {
      this.saving = undefined;
    }
  }
}

/** Of a file that was mended, each line is looked at again. */
const nothing = { lines: 0, crc: 0, accepted: 0, incomplete: 0, repeated: 0, rejected: 0 };

const taken = () => new Problem(409, 'import-taken', 'Another upload has taken this import.');
