import { randomUUID } from 'node:crypto';
import { type ExportingService, type ExportPart, type ExportRequested, seal, topics } from '@sestante/contracts';
import type { Stream } from '@sestante/streaming';
import { longestWaitMs, untilCaughtUp } from './caught-up.ts';
import { type ExportFile, partsOf } from './parts-of.ts';

/** A service with data about customers. */
export interface ExportSource {
  readonly service: ExportingService;
  readonly stream: Pick<Stream, 'positions' | 'publish'>;
  /** The files of the service about the customer. They are read one after the other. */
  readonly filesOf: (request: ExportRequested) => Iterable<ExportFile> | Promise<Iterable<ExportFile>>;
  /** Receives the parts, one after the other. By default, they are published. */
  readonly send?: (part: ExportPart) => Promise<void>;
}

/**
 * Sends what the service stores about a customer, as soon as it has processed what the customer did before. Call it again after a failure: then all parts are
 * sent again under another attempt. A part at a time is in memory.
 */
export async function sendExport(source: ExportSource, request: ExportRequested): Promise<void> {
  const { service, stream, filesOf, send = publishing(stream) } = source;
  await untilCaughtUp(stream, service, { timeoutMs: waitMsOf(request) });
  const attempt = { exportId: request.exportId, service, attemptId: randomUUID(), asOf: new Date().toISOString() };
  for await (const part of partsOf(await filesOf(request))) await send({ ...attempt, ...part, items: [...part.items] });
}

/**
 * How long to wait: until 30 s after the request, or after the start of the process, if it was down meanwhile. So requests that waited for others do not wait
 * again. The clock of the process that asked may differ.
 */
function waitMsOf({ requestedAt }: ExportRequested): number {
  const waitedMs = Math.min(Date.now() - Date.parse(requestedAt), 1_000 * process.uptime());
  return Math.min(longestWaitMs, Math.max(0, longestWaitMs - waitedMs));
}

const publishing = (stream: Pick<Stream, 'publish'>) => (data: ExportPart) => {
  const { exportId: key, attemptId, part } = data;
  const id = `${attemptId}:${part}`;
  return stream.publish(topics.exportParts.name, [seal(topics.exportParts, { event: 'ExportPart', id, key, data })]);
};
