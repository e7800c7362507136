import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../system/server.ts';

/** The parts of the response of `GET /api/v1/stats` that the benchmarks use. */
export interface Stats {
  readonly accepted: number;
  readonly activities: number;
  readonly customers: number;
  readonly evidence: number;
  readonly decisions: number;
  readonly offers: number;
  readonly lag: readonly { readonly topic: string; readonly group: string; readonly messages: number }[];
}

type Endpoint = Pick<Server, 'port' | 'apiKey'>;

export async function readStats({ port, apiKey }: Endpoint): Promise<Stats> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stats`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  if (!answer.ok) throw new Error(`GET /api/v1/stats responded with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Stats;
}

const minPauseMs = 50;
const maxPauseMs = 2_000;
const timeoutMs = 900_000;

/**
 * Resolves to the stats when all stages have processed this many activities and no group has unread messages. Polling costs the server
 * time, so it polls `/metrics`, less often while many activities are left. The stats count all rows.
 */
export async function untilDone(server: Endpoint, activities: number): Promise<Stats> {
  const [started, before] = [performance.now(), await handled(server)];
  for (;;) {
    const [elapsed, seen] = [performance.now() - started, await handled(server)];
    if (seen >= activities) {
      const stats = await readStats(server);
      if (isDone(stats, activities)) return stats;
    }
    if (elapsed > timeoutMs)
      throw new Error(`Not done after ${timeoutMs} ms: ${JSON.stringify(await readStats(server))}`);
    const left = (elapsed * (activities - seen)) / Math.max(1, seen - before);
    await sleep(Math.min(maxPauseMs, Math.max(minPauseMs, left / 2)));
  }
}

function isDone({ activities, lag }: Stats, sent: number): boolean {
  if (activities > sent) throw new Error(`${activities} activities were stored, but only ${sent} were sent.`);
  return activities === sent && lag.every(({ messages }) => messages === 0);
}

/** The number of activities that the last stage has handled since the process started. */
async function handled({ port }: Endpoint): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = /^sestante_messages_total\{[^}]*topic="engagement.scores.v1",group="offers",outcome="done"\} (\d+)/m;
  return Number(line.exec(text)?.[1] ?? 0);
}
