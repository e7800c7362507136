import { join } from 'node:path';
import { type Part, processes } from '../measure/stopwatch.ts';
import { freePort, startNode, untilReady } from './child.ts';
import { owned, type Owned } from './cleanup.ts';

/** A Fastify that accepts the same requests without processing them, as its own process. */
export async function startFastify(): Promise<{ readonly port: number; readonly part: Part } & Owned> {
  const port = await freePort();
  const child = startNode([join(import.meta.dirname, 'fastify-server.ts')], { PORT: String(port) });
  const fastify = owned({ port, part: processes('Fastify', child.pid) }, () => child.stop());
  await untilReady(child, `http://127.0.0.1:${port}/`);
  return fastify;
}
