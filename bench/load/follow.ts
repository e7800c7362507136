import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../system/server.ts';

/** What `GET /api/v1/stats` answers, as far as we read it. */
export interface Stats {
  readonly accepted: number;
  readonly activities: number;
  readonly customers: number;
  readonly evidence: number;
  readonly decisions: number;
  readonly offers: number;
  readonly lag: readonly { readonly topic: string; readonly group: string; readonly messages: number }[];
}

type Addressed = Pick<Server, 'port' | 'apiKey'>;

export async function readStats({ port, apiKey }: Addressed): Promise<Stats> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stats`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  if (!answer.ok) throw new Error(`The stats answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Stats;
}

const shortestMs = 50;
const longestMs = 2_000;
const patienceMs = 900_000;

/**
 * Resolves with the stats when so many activities have been through all stages: no group has anything left to read. Looking costs the
 * server something, so it looks seldom while the end is far away, and at `/metrics`: the stats count all rows.
 */
export async function untilDone(server: Addressed, activities: number): Promise<Stats> {
  const [started, before] = [performance.now(), await handled(server)];
  for (;;) {
    const [taken, seen] = [performance.now() - started, await handled(server)];
    if (seen >= activities) {
      const stats = await readStats(server);
      if (isDone(stats, activities)) return stats;
    }
    if (taken > patienceMs)
      throw new Error(`Not done after ${patienceMs} ms: ${JSON.stringify(await readStats(server))}`);
    const left = (taken * (activities - seen)) / Math.max(1, seen - before);
    await sleep(Math.min(longestMs, Math.max(shortestMs, left / 2)));
  }
}

function isDone({ activities, lag }: Stats, sent: number): boolean {
  if (activities > sent) throw new Error(`${activities} activities are there, but ${sent} were sent.`);
  return activities === sent && lag.every(({ messages }) => messages === 0);
}

/** How many activities the last stage has handled since the process started. */
async function handled({ port }: Addressed): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = /^sestante_messages_total\{[^}]*topic="engagement.scores.v1",group="offers",outcome="done"\} (\d+)/m;
  return Number(line.exec(text)?.[1] ?? 0);
}
