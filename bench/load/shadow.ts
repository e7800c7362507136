import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../system/server.ts';
import { api } from './api.ts';

type Endpoint = Pick<Server, 'port' | 'apiKey'>;

const pauseMs = 50;
const timeoutMs = 600_000;

/** Adds a draft that is as the live model but for the weight of one element, and starts to read the history again under it. */
export async function startShadow(server: Endpoint, version: string): Promise<void> {
  const { body } = await api(server, 'GET /api/v1/models');
  const live = (body.items as { version: string; status: string }[]).find(({ status }) => status === 'live')!;
  const { document } = (await api(server, `GET /api/v1/models/${live.version}`)).body;
  const trust = { ...document.elements.trust, weight: 2 };
  const draft = { ...document, version, elements: { ...document.elements, trust } };
  await accepted(server, 'POST /api/v1/models', draft);
  await accepted(server, `POST /api/v1/models/${version}/shadow`);
}

/** Stops the shadow, and removes it with its draft. */
export async function removeShadow(server: Endpoint, version: string): Promise<void> {
  await accepted(server, `DELETE /api/v1/models/${version}/shadow`);
  await accepted(server, `DELETE /api/v1/models/${version}`);
}

async function accepted(server: Endpoint, route: string, body?: object): Promise<void> {
  const answer = await api(server, route, body);
  if (answer.status >= 300)
    throw new Error(`${route} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** The number of activities that were read again so far. */
export async function readAgainBy(server: Endpoint, version: string): Promise<{ activities: number; state: string }> {
  return (await api(server, `GET /api/v1/models/${version}/shadow`)).body;
}

/** Resolves when this many activities were read again. */
export async function untilReadAgain(server: Endpoint, version: string, activities: number): Promise<void> {
  await until(server, version, (shadow) => shadow.activities >= activities || shadow.state === 'done');
}

/** Resolves when the shadow is done: its report is there. */
export async function untilReported(server: Endpoint, version: string): Promise<void> {
  await until(server, version, ({ state }) => state === 'done');
}

type Shadow = Awaited<ReturnType<typeof readAgainBy>>;

async function until(server: Endpoint, version: string, isReached: (shadow: Shadow) => boolean): Promise<void> {
  for (const started = performance.now(); performance.now() - started < timeoutMs; await sleep(pauseMs)) {
    const shadow = await readAgainBy(server, version);
    if (shadow.state === 'failed') throw new Error(`The shadow has failed: ${JSON.stringify(shadow)}`);
    if (isReached(shadow)) return;
  }
  throw new Error(`The shadow has not come so far after ${timeoutMs} ms.`);
}
