import { Injectable } from '@nestjs/common';
import { toReportedViolations } from '../../types/reported-violation.ts';
import { judgeAs } from '../../formats/judge-as.ts';
import { RecentOrders } from '../../accept/recent-orders.ts';
import type { Verdict } from '../../judge/judge.ts';
import type { Sender } from '../../types/source.ts';
import { type Batch, batchesOf, mostBytesOfBatch } from '../../formats/files/batches.ts';
import { decoded } from '../../formats/files/encoding.ts';
import type { ReadLine } from '../../formats/files/line.ts';
import { readUnit } from '../../formats/files/units.ts';
import { unzipped } from '../../formats/files/unzipped.ts';
import { formatOf } from '../../formats/files/file-format.ts';
import { lineIdOf } from '../../types/line-id.ts';
import { recordOf } from '../../formats/files/record.ts';
import type { Upload } from '../upload.ts';
import type { DryLineResponse, DryRunResponse } from './dry-run-response.ts';

/** The most events that a dry run reads. It also stops after the most bytes of a batch. */
export const mostDryLines = 100;

type DryUpload = Pick<Upload, 'id' | 'format' | 'mapping' | 'isZipped' | 'bodyOf'>;

/** Returns the verdicts on the first events of a file. Nothing is stored or counted. */
@Injectable()
export class DryRun {
  /** Throws `Problem` 400 if the file is invalid. */
  async of({ id, format: named, mapping, isZipped, bodyOf }: DryUpload, sender: Sender): Promise<DryRunResponse> {
    const body = bodyOf(new AbortController().signal);
    try {
      const { encoding, pieces } = await decoded(unzipped(body, isZipped), mapping.encoding);
      const format = formatOf(named, { ...mapping, encoding });
      const options = { stored: { lines: 0, crc: 0 }, from: 1, mostLines: 1 };
      const { read, isWhole } = await firstOf(batchesOf(pieces, format, options), (batch) =>
        batch.units.flatMap((unit) => readUnit(format, unit)),
      );
      // Repeated orders are only detected within these lines.
      const orders = new RecentOrders();
      const judged = (line: ReadLine) => dryLine(line, { sender, timeZone: mapping.timeZone, id, orders });
      return { dry: true, format: named, encoding, lines: read.map(judged), isWhole };
    } finally {
      void body.return(undefined);
    }
  }
}

async function firstOf(
  batches: AsyncGenerator<Batch, void>,
  readBatch: (batch: Batch) => readonly ReadLine[],
): Promise<{ readonly read: readonly ReadLine[]; readonly isWhole: boolean }> {
  const read: ReadLine[] = [];
  let bytes = 0;
  for await (const batch of batches) {
    for (const line of readBatch(batch)) {
      if (line.result === undefined) continue;
      if (read.length >= mostDryLines || bytes >= mostBytesOfBatch) return { read, isWhole: false };
      read.push(line);
    }
    // Blank lines count, too.
    for (const { lines } of batch.units) for (const line of lines) bytes += line.bytes.length + 1;
  }
  return { read, isWhole: true };
}

interface DryOrigin {
  readonly sender: Sender;
  readonly timeZone: string | null;
  readonly id: string;
  readonly orders: RecentOrders;
}

function dryLine({ number, result }: ReadLine, { sender, timeZone, id, orders }: DryOrigin): DryLineResponse {
  if (result === undefined || !('event' in result)) {
    const { code, reason } = result as { code: string; reason: string };
    return { line: number, verdict: 'rejected', code, reason };
  }
  const reception = { receivedAt: new Date(), messageId: lineIdOf(id, number), isFromFile: true };
  const verdict = orders.check(judgeAs('record', recordOf(result, timeZone), sender, reception), sender);
  return { line: number, ...resultOf(verdict), event: result.event };
}

function resultOf(verdict: Verdict): Omit<DryLineResponse, 'line'> {
  if (verdict.kind === 'rejected') {
    const { code, reason } = verdict.rejection;
    return { verdict: 'rejected', code, reason };
  }
  const { name, timestamp, channel, messageId, identifiers, properties } = verdict.activity;
  const activity = { name, timestamp, channel, messageId, properties, identifiers: identifiers.map(bare) };
  if (verdict.violations.length === 0) return { verdict: 'accepted', activity };
  return { verdict: 'incomplete', activity, violations: toReportedViolations(verdict.violations) };
}

const bare = ({ kind, value }: { readonly kind: string; readonly value: string }) => ({ kind, value });
