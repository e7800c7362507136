import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectLogger, type Logger, Problem } from '@sestante/runtime';
import { setImmediate as othersHadTheirTurn, setTimeout as pause } from 'node:timers/promises';
import { batchesOf } from '../formats/files/batches.ts';
import { decoded } from '../formats/files/encoding.ts';
import { formatOf } from '../formats/files/file-format.ts';
import { readUnit } from '../formats/files/units.ts';
import { unzipped } from '../formats/files/unzipped.ts';
import { Hold } from './hold.ts';
import { type HeldImport, Imports } from './imports.ts';
import { KeepLines, sumOf } from './keep-lines.ts';
import { ImportLines } from './mended/import-lines.ts';
import { type Patience, patiently } from './patiently.ts';
import { breakOf, named, type NamedLines, type Upload, type UploadReport } from './upload.ts';

/** So long an upload bears that something is away. */
const outageMs = 60_000;
/** So many files are taken at a time. Each may hold a line of 1 MiB and a batch of judged ones. */
export const mostUploads = 16;
const retrySeconds = 5;
/** With what closes after it, a stop stays under 5 s. */
const stopPatienceMs = 1_000;

/** Takes the files of imports, line by line, no faster than their events can be kept. */
@Injectable()
export class TakeUploads implements BeforeApplicationShutdown {
  private readonly running = new Map<AbortController, Promise<unknown>>();
  private taken = 0;

  constructor(
    private readonly imports: Imports,
    private readonly lines: KeepLines,
    private readonly importLines: ImportLines,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Resolves once every line is kept. Throws `Problem`: what is kept until then stays, and the import can go on; 429 where too many are on their way. */
  take(upload: Upload): Promise<UploadReport> {
    return this.admit(async () => {
      const held = await this.imports.hold(upload);
      const lines = held ? await this.finish(upload, held) : { rejectedLines: [] };
      return { ...(await this.imports.get(upload.id)), ...lines };
    });
  }

  /** Does what reads a file, where not too many are on their way. Throws `Problem` 429. */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken >= mostUploads)
      throw new Problem(429, 'busy', `${mostUploads} files are on their way: send this one shortly.`, retrySeconds);
    this.taken += 1;
    try {
      return await work();
    } finally {
      this.taken -= 1;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    const stopping = new Problem(503, 'stopping', 'This process stops.');
    for (const ending of this.running.keys()) ending.abort(stopping);
    await Promise.race([Promise.allSettled(this.running.values()), pause(stopPatienceMs, undefined, { ref: false })]);
  }

  private async finish(upload: Upload, held: HeldImport): Promise<NamedLines> {
    const ending = new AbortController();
    const hold = new Hold(this.imports, held, (lost) => ending.abort(lost));
    const ended = this.keepOrBreak(upload, hold, { signal: ending.signal, outageMs });
    this.running.set(ending, ended);
    try {
      return await ended;
    } finally {
      this.running.delete(ending);
      ending.abort();
    }
  }

  private async keepOrBreak(upload: Upload, hold: Hold, patience: Patience): Promise<NamedLines> {
    const { id } = upload;
    try {
      const told = await this.keep(upload, hold, patience);
      await patiently(() => hold.release('done'), patience);
      this.logger.info({ import: id, lines: hold.progress.lines }, 'an import is done');
      return told;
    } catch (cause) {
      const { lines } = hold.progress;
      const { state, reason, error } = breakOf(cause, id, lines);
      // Where even this cannot be written down, nobody holds the import after a while, which says the same.
      await hold.release(state, reason).catch(() => undefined);
      this.logger.warn({ import: id, lines }, `an import is ${state}: ${reason}`);
      throw error;
    }
  }

  private async keep(upload: Upload, { progress, held }: Hold, patience: Patience): Promise<NamedLines> {
    const { id, from, senderOf, mapping, mostLinesOfBatch: mostLines } = upload;
    const { revision } = held;
    const [isMended, startedAt] = [revision > 1, new Date()];
    const { signal } = patience;
    if (from !== 1 && from !== progress.lines + 1)
      throw new Problem(
        400,
        'from-wrong',
        `The next line is ${progress.lines + 1}: send from there, or the whole file.`,
      );
    const body = upload.bodyOf(signal);
    const { lines, crc } = held.progress;
    let told: NamedLines = { rejectedLines: [] };
    try {
      const taken = isMended ? await this.importLines.load(id) : undefined;
      const origin = { importId: id, revision, taken, timeZone: mapping.timeZone, senderOf, patience };
      const { encoding, pieces } = await decoded(unzipped(counted(body, progress), upload.isZipped), mapping.encoding);
      const format = formatOf(upload.format, { ...mapping, encoding });
      for await (const { units, until } of batchesOf(pieces, format, {
        kept: { lines, crc },
        from,
        mostLines,
        isMended,
      })) {
        signal.throwIfAborted();
        const read = units.flatMap((unit) => readUnit(format, unit));
        const batch = await this.lines.keep(read, origin);
        Object.assign(progress, until, sumOf(progress, batch.tally));
        told = named(told, batch);
        // Where nothing had to be kept, as of blank lines, nobody else has had a turn.
        await othersHadTheirTurn();
      }
      if (isMended) await patiently(() => this.importLines.dropRejectedBefore(id, startedAt), patience);
      return told;
    } finally {
      // What unzips it may wait for more of it still.
      void body.return(undefined);
    }
  }
}

async function* counted(body: AsyncIterable<Buffer>, progress: { bytes: number }): AsyncGenerator<Buffer, void> {
  for await (const piece of body) {
    progress.bytes += piece.length;
    yield piece;
  }
}
