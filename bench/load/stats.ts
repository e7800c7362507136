import type { Server } from '../system/server.ts';

/** The parts of the response of `GET /api/v1/stats` that the benchmarks use. */
export interface Stats {
  readonly activities: number;
  readonly customers: number;
  readonly evidence: number;
  readonly decisions: number;
  readonly offers: number;
  readonly lag: readonly { readonly topic: string; readonly group: string; readonly messages: number }[];
}

/** Reads the stats. The server counts all rows for them. */
export async function readStats({ port, apiKey }: Pick<Server, 'port' | 'apiKey'>): Promise<Stats> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stats`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  if (!answer.ok) throw new Error(`GET /api/v1/stats responded with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Stats;
}
