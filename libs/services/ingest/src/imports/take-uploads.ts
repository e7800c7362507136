import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectLogger, type Logger, Problem } from '@sestante/runtime';
import { setImmediate as yieldToEventLoop, setTimeout as pause } from 'node:timers/promises';
import { batchesOf } from '../formats/files/batches.ts';
import { decoded } from '../formats/files/encoding.ts';
import { formatOf } from '../formats/files/file-format.ts';
import { readUnit } from '../formats/files/units.ts';
import { unzipped } from '../formats/files/unzipped.ts';
import { ImportLease } from './import-lease.ts';
import { type LeasedImport, Imports } from './imports.ts';
import { StoreLines, sumOf } from './store-lines.ts';
import { ImportLines } from './corrected/import-lines.ts';
import { type OutageOptions, retryDuringOutage } from './retry-during-outage.ts';
import { interruptionOf, type ListedLines, type Upload, type UploadReport, withLines } from './upload.ts';

/** How long an upload retries while a dependency is unavailable. */
const outageMs = 60_000;
/** The most files that are received at a time. Each may need memory for a line of 1 MiB and a batch of judged events. */
export const mostUploads = 16;
const retrySeconds = 5;
/** Together with everything that closes after it, a shutdown takes less than 5 s. */
const stopPatienceMs = 1_000;

/** Receives the files of imports, line by line, no faster than their events can be stored. */
@Injectable()
export class TakeUploads implements BeforeApplicationShutdown {
  private readonly running = new Map<AbortController, Promise<unknown>>();
  private admitted = 0;

  constructor(
    private readonly imports: Imports,
    private readonly lines: StoreLines,
    private readonly importLines: ImportLines,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Resolves when every line is stored. Throws `Problem`: stored lines stay, and the import can be resumed; 429 if too many uploads are in progress. */
  take(upload: Upload): Promise<UploadReport> {
    return this.admit(async () => {
      const leased = await this.imports.lease(upload);
      const lines = leased ? await this.finish(upload, leased) : { rejectedLines: [] };
      return { ...(await this.imports.get(upload.id)), ...lines };
    });
  }

  /** Runs work that reads a file. Throws `Problem` 429 if too many files are being read. */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.admitted >= mostUploads)
      throw new Problem(429, 'busy', `${mostUploads} uploads are in progress. Retry later.`, retrySeconds);
    this.admitted += 1;
    try {
      return await work();
    } finally {
      this.admitted -= 1;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    const stopping = new Problem(503, 'stopping', 'The service is shutting down.');
    for (const ending of this.running.keys()) ending.abort(stopping);
    await Promise.race([Promise.allSettled(this.running.values()), pause(stopPatienceMs, undefined, { ref: false })]);
  }

  private async finish(upload: Upload, leased: LeasedImport): Promise<ListedLines> {
    const ending = new AbortController();
    const lease = new ImportLease(this.imports, leased, (lost) => ending.abort(lost));
    const ended = this.storeOrInterrupt(upload, lease, { signal: ending.signal, outageMs });
    this.running.set(ending, ended);
    try {
      return await ended;
    } finally {
      this.running.delete(ending);
      ending.abort();
    }
  }

  private async storeOrInterrupt(upload: Upload, lease: ImportLease, outage: OutageOptions): Promise<ListedLines> {
    const { id } = upload;
    try {
      const listed = await this.store(upload, lease, outage);
      await retryDuringOutage(() => lease.release('done'), outage);
      this.logger.info({ import: id, lines: lease.progress.lines }, 'import is done');
      return listed;
    } catch (cause) {
      const { lines } = lease.progress;
      const { state, reason, error } = interruptionOf(cause, id, lines);
      // If this cannot be saved either, the lease expires, with the same effect.
      await lease.release(state, reason).catch(() => undefined);
      this.logger.warn({ import: id, lines }, `import is ${state}: ${reason}`);
      throw error;
    }
  }

  private async store(upload: Upload, { progress, leased }: ImportLease, outage: OutageOptions): Promise<ListedLines> {
    const { id, from, senderOf, mapping, mostLinesOfBatch: mostLines } = upload;
    const { revision } = leased;
    const [isCorrected, startedAt] = [revision > 1, new Date()];
    const { signal } = outage;
    if (from !== 1 && from !== progress.lines + 1)
      throw new Problem(
        400,
        'from-wrong',
        `\`from\` must be 1 or ${progress.lines + 1}, the next line. Send the file from there, or the whole file.`,
      );
    const body = upload.bodyOf(signal);
    const { lines, crc } = leased.progress;
    let listed: ListedLines = { rejectedLines: [] };
    try {
      const previous = isCorrected ? await this.importLines.load(id) : undefined;
      const origin = { importId: id, revision, previous, timeZone: mapping.timeZone, senderOf, outage };
      const { encoding, pieces } = await decoded(unzipped(counted(body, progress), upload.isZipped), mapping.encoding);
      const format = formatOf(upload.format, { ...mapping, encoding });
      for await (const { units, until } of batchesOf(pieces, format, {
        stored: { lines, crc },
        from,
        mostLines,
        isCorrected,
      })) {
        signal.throwIfAborted();
        const read = units.flatMap((unit) => readUnit(format, unit));
        const batch = await this.lines.store(read, origin);
        Object.assign(progress, until, sumOf(progress, batch.tally));
        listed = withLines(listed, batch);
        // Batches of blank lines store nothing, so they would never yield to other requests.
        await yieldToEventLoop();
      }
      if (isCorrected) await retryDuringOutage(() => this.importLines.dropRejectedBefore(id, startedAt), outage);
      return listed;
    } finally {
      // Decompression may still wait for more of the body.
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
