import { Problem } from '@sestante/runtime';
import type { ImportState, Progress } from './import.ts';
import type { LeasedImport, Imports } from './imports.ts';

const saveEveryMs = 500;

/** The lease of an import by an upload. It saves the progress twice a second, for reports, and so that no other upload continues the import. */
export class ImportLease {
  readonly progress: { -readonly [Field in keyof Progress]: Progress[Field] };
  private readonly timer = setInterval(() => (this.saving ??= this.saveProgress()), saveEveryMs);
  private saving: Promise<void> | undefined;

  constructor(
    private readonly imports: Imports,
    readonly leased: LeasedImport,
    /** Called when another upload has continued the import. */
    private readonly onLost: (problem: Problem) => void,
  ) {
    this.progress = leased.revision > 1 ? { ...leased.progress, ...nothing } : { ...leased.progress };
  }

  /** Saves the final state. Throws `Problem` 409 if another upload has continued the import. */
  async release(state: ImportState, reason: string | null = null): Promise<void> {
    clearInterval(this.timer);
    await this.saving;
    if (!(await this.imports.save(this.leased, this.progress, { state, reason }))) throw leaseLost();
  }

  private async saveProgress(): Promise<void> {
    try {
      if (!(await this.imports.save(this.leased, this.progress, { state: 'running', reason: null })))
        this.onLost(leaseLost());
    } catch {
      // The database is unavailable. The next interval retries.
    } finally {
      this.saving = undefined;
    }
  }
}

/** The lines of a corrected file are counted from the start. */
const nothing = { lines: 0, crc: 0, accepted: 0, incomplete: 0, repeated: 0, rejected: 0 };

const leaseLost = () => new Problem(409, 'import-taken', 'Another upload has continued this import.');
