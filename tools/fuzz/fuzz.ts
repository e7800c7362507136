import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { responseChecker } from '@sestante/runtime/openapi';
import { readApi } from './requests/api.ts';
import { mismatchOf } from './judge-answer.ts';
import { KnownIds } from './ledger/known-ids.ts';
import { type Balance, type Count, Ledger } from './ledger/ledger.ts';
import type { FuzzedRequest } from './requests/request.ts';
import { requestsOf } from './requests/requests.ts';
import { countImported, files, prepareSenders } from './senders.ts';
import { hangUp, send } from './send.ts';
import type { Server } from './server.ts';

export interface Findings {
  readonly requests: number;
  /** The operations of the document that never answered with success. */
  readonly unmet: readonly string[];
  /** How many answers had each status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What the answers said. */
  readonly told: Balance;
  /** What the database holds. */
  readonly stored: Count;
  /** Each thing that is wrong, with the smallest request that shows it. */
  readonly faults: readonly string[];
}

/** So many senders at a time, each with requests of its own. */
const lanes = 4;
/** So many requests are one search: what it finds is made smaller, and the next one begins. */
const requestsOfSearch = 250;
/** So often a request that shows a fault is made smaller: one that takes long, such as a redrive of everything, may fail for minutes. */
const mostShrinks = 100;

/** Sends requests of all kinds to all routes of the server, the same for the same seed. */
export async function fuzz(server: Server, { requests, seed }: { requests: number; seed: number }): Promise<Findings> {
  const api = await readApi(server.url);
  const checker = responseChecker(api.document);
  const { keys, ids, keyOf } = await prepareSenders(server);
  const known = new KnownIds(ids);
  const ledger = new Ledger();
  const statuses = new Map<number, number>();
  const unmet = new Set(api.routes.map(({ operationId }) => operationId));

  const sent = async (request: FuzzedRequest): Promise<void> => {
    const filled = { ...request, path: known.fillIn(request.path) };
    const answer = await send(server.url, filled);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const mismatch = mismatchOf(filled, answer, checker);
    if (answer.status < 300) unmet.delete(request.operationId);
    if (answer.status < 300 && /json/.test(answer.contentType ?? '') && answer.text) {
      const body = JSON.parse(answer.text) as unknown;
      ledger.note(filled, body);
      known.note(body);
    }
    if (mismatch) throw new Error(mismatch);
  };

  const faults: string[] = [];
  const property = fc.asyncProperty(fc.limitShrink(requestsOf(api, keys), mostShrinks), sent);
  let begun = 0;
  const search = async (): Promise<void> => {
    while (begun < requests) {
      const numRuns = Math.min(requestsOfSearch, requests - begun);
      const details = await fc.check(property, { numRuns, seed: seed + (begun += numRuns) });
      if (details.failed) faults.push(`${details.errorInstance}\n  ${written(details.counterexample![0])}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, search));
  hangUp();
  const [ofFiles, rejected] = partition(await server.listRejected(), ({ source }) => source === files);
  return {
    requests: sum(statuses.values()),
    unmet: [...unmet],
    statuses,
    told: ledger.balance(
      rejected.map(({ source, messageId }) => ({ key: keyOf(source), messageId })),
      { ...(await countImported(server)), remaining: ofFiles.length },
    ),
    stored: { accepted: await server.countAccepted(), rejected: rejected.length + ofFiles.length },
    faults,
  };
}

const longestShown = 2_000;

function written({ method, path, headers, body, framing }: FuzzedRequest): string {
  const shown = body && JSON.stringify(unzipped(body).toString('latin1'));
  return [`${method} ${path}`, JSON.stringify(headers), framing, shown].join(' ').slice(0, longestShown);
}

function unzipped(body: Buffer): Buffer {
  try {
    return gunzipSync(body);
  } catch {
    return body;
  }
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

function partition<T>(items: readonly T[], isOne: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isOne), items.filter((item) => !isOne(item))];
}
