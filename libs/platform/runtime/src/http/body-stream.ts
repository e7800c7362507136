import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Problem } from './problem.ts';

/** So long may a body that is read as a stream stand still. */
const stallMs = 30_000;
/** What is left of a body after its answer is read for so long, and forgotten: many clients listen only after they have sent everything. */
const discardMs = 10_000;

const config = { readsBody: true };

/** A route that reads its body itself, with `bodyOf`: nothing of it is read or limited before. */
export const ReadsBody = () => RouteConfig(config);

export function readsItsBody(request: FastifyRequest): boolean {
  return (request.routeOptions.config as Partial<typeof config>).readsBody === true;
}

/** The connections over which a body comes that may take as long as it likes. */
const unhurried = new WeakSet<Socket>();

/** Whether the limit on the time of a whole request is lifted for what is coming over this connection. */
export function maySendForLong(socket: Socket): boolean {
  return unhurried.has(socket);
}

/**
 * The body in pieces, as it comes and no faster than they are taken. It may take as long as it likes, as long as it does not stand still: call
 * it only for those who have proved who they are. Throws `Problem` 408 where it stands still or breaks off, and the reason of the signal.
 * Whoever stops reading can still answer.
 */
export async function* bodyOf(
  { raw }: Pick<FastifyRequest, 'raw'>,
  signal: AbortSignal,
  patienceMs = stallMs,
): AsyncGenerator<Buffer> {
  unhurried.add(raw.socket);
  try {
    for (;;) {
      signal.throwIfAborted();
      const piece = raw.read() as Buffer | null;
      if (piece) yield piece;
      else if (raw.readableEnded) return;
      else await more(raw, signal, patienceMs);
    }
  } finally {
    discardRest(raw);
  }
}

/** Resolves when there is something to read, or the end. */
async function more(body: IncomingMessage, signal: AbortSignal, patienceMs: number): Promise<void> {
  if (body.destroyed) throw brokenOff();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const gone = () => reject(brokenOff());
  const stop = () => reject(signal.reason as Error);
  const stalling = setTimeout(() => reject(stalled(patienceMs)), patienceMs);
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

const brokenOff = () => new Problem(408, 'body-incomplete', 'The body broke off.');
const stalled = (ms: number) => new Problem(408, 'body-stalled', `Nothing of the body came for ${ms / 1_000} s.`);

/** The next body over the same connection has to hurry again. */
function discardRest(body: IncomingMessage): void {
  const hurryAgain = () => unhurried.delete(body.socket);
  if (body.readableEnded || body.destroyed) {
    hurryAgain();
    return;
  }
  body.once('end', hurryAgain);
  discard(body);
}

/** Reads on for a while, and forgets. */
export function discard(body: Readable): void {
  body.resume();
  setTimeout(() => body.readableEnded || body.destroy(), discardMs).unref();
}
