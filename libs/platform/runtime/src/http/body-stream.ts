import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Problem } from './problem.ts';

/** How long a body that is read as a stream may stall. */
const stallMs = 30_000;
/** How long the rest of a body is read and discarded after the response: many clients read the response only after they have sent everything. */
const discardMs = 10_000;

const config = { readsBody: true };

/** Declares a route that reads its body itself, with `bodyOf`: the body is neither parsed nor limited before. */
export const ReadsBody = () => RouteConfig(config);

export function readsOwnBody(request: FastifyRequest): boolean {
  return (request.routeOptions.config as Partial<typeof config>).readsBody === true;
}

/** The connections on which a body arrives that has no time limit. */
const untimed = new WeakSet<Socket>();

/** Whether the request that arrives over this connection is exempt from the time limit of a whole request. */
export function hasNoTimeLimit(socket: Socket): boolean {
  return untimed.has(socket);
}

/**
 * The body in chunks as they arrive, with back pressure. It has no time limit as long as it does not stall, so call it only for authenticated
 * callers. Throws `Problem` 408 if the body stalls or ends early, and the reason of the signal if that is aborted. A caller that stops
 * reading can still respond.
 */
export async function* bodyOf(
  { raw }: Pick<FastifyRequest, 'raw'>,
  signal: AbortSignal,
  timeoutMs = stallMs,
): AsyncGenerator<Buffer> {
  untimed.add(raw.socket);
  try {
    for (;;) {
      signal.throwIfAborted();
      const chunk = raw.read() as Buffer | null;
      if (chunk) yield chunk;
      else if (raw.readableEnded) return;
      else await more(raw, signal, timeoutMs);
    }
  } finally {
    discardRest(raw);
  }
}

/** Resolves when there is something to read, or at the end of the body. */
async function more(body: IncomingMessage, signal: AbortSignal, timeoutMs: number): Promise<void> {
  if (body.destroyed) throw incomplete();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const gone = () => reject(incomplete());
  const stop = () => reject(signal.reason as Error);
  const stalling = setTimeout(() => reject(stalled(timeoutMs)), timeoutMs);
  body.on('readable', resolve).on('end', resolve).on('error', gone).on('close', gone);
  signal.addEventListener('abort', stop);
  try {
    await promise;
  } finally {
    clearTimeout(stalling);
    body.off('readable', resolve).off('end', resolve).off('error', gone).off('close', gone);
    signal.removeEventListener('abort', stop);
  }
}

const incomplete = () =>
  new Problem(408, 'body-incomplete', 'The connection was closed before the whole body had arrived.');
const stalled = (ms: number) => new Problem(408, 'body-stalled', `No data of the body arrived for ${ms / 1_000} s.`);

/** The next request over the same connection has the time limit again. */
function discardRest(body: IncomingMessage): void {
  const restoreTimeLimit = () => untimed.delete(body.socket);
  if (body.readableEnded || body.destroyed) {
    restoreTimeLimit();
    return;
  }
  body.once('end', restoreTimeLimit);
  discard(body);
}

/** Reads and discards the rest of the body, for at most 10 s. */
export function discard(body: Readable): void {
  body.resume();
  setTimeout(() => body.readableEnded || body.destroy(), discardMs).unref();
}
