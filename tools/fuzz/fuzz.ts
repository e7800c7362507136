import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { responseChecker } from '@sestante/runtime/openapi';
import { readApi } from './requests/api.ts';
import { mismatchOf } from './mismatch-of.ts';
import { KnownIds } from './ledger/known-ids.ts';
import { type Balance, type Count, Ledger } from './ledger/ledger.ts';
import type { FuzzedRequest } from './requests/request.ts';
import { requestsOf } from './requests/requests.ts';
import { countImported, files, prepareSenders } from './senders.ts';
import { closeConnections, send } from './send.ts';
import type { Server } from './server.ts';

export interface Findings {
  readonly requests: number;
  /** The operations of the document that never responded with success. */
  readonly unmet: readonly string[];
  /** The number of responses by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The counts according to the responses. */
  readonly reported: Balance;
  /** The counts in the database. */
  readonly stored: Count;
  /** Each fault with the smallest request that causes it. */
  readonly faults: readonly string[];
}

/** The number of concurrent senders. */
const lanes = 4;
/** The number of requests of one search. A fault is shrunk, then the next search begins. */
const requestsOfSearch = 250;
/** The largest number of shrink steps for a fault: a slow request, such as a redrive of everything, could take minutes otherwise. */
const maxShrinks = 100;

/** Sends generated requests to all routes of the server. The same seed generates the same requests. */
export async function fuzz(server: Server, { requests, seed }: { requests: number; seed: number }): Promise<Findings> {
  const api = await readApi(server.url);
  const checker = responseChecker(api.document);
  const { keys, ids, keyOf } = await prepareSenders(server);
  const knownIds = new KnownIds(ids);
  const ledger = new Ledger();
  const statuses = new Map<number, number>();
  const unmet = new Set(api.routes.map(({ operationId }) => operationId));

  const sent = async (request: FuzzedRequest): Promise<void> => {
    const filled = { ...request, path: knownIds.fillIn(request.path) };
    const answer = await send(server.url, filled);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const mismatch = mismatchOf(filled, answer, checker);
    if (answer.status < 300) unmet.delete(request.operationId);
    if (answer.status < 300 && /json/.test(answer.contentType ?? '') && answer.text) {
      const body = JSON.parse(answer.text) as unknown;
      ledger.note(filled, body);
      knownIds.note(body);
    }
    if (mismatch) throw new Error(mismatch);
  };

  const faults: string[] = [];
  const property = fc.asyncProperty(fc.limitShrink(requestsOf(api, keys), maxShrinks), sent);
  let begun = 0;
  const search = async (): Promise<void> => {
    while (begun < requests) {
      const numRuns = Math.min(requestsOfSearch, requests - begun);
      const details = await fc.check(property, { numRuns, seed: seed + (begun += numRuns) });
      if (details.failed) faults.push(`${details.errorInstance}\n  ${written(details.counterexample![0])}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, search));
  closeConnections();
  const [ofFiles, rejected] = partition(await server.listRejected(), ({ source }) => source === files);
  return {
    requests: sum(statuses.values()),
    unmet: [...unmet],
    statuses,
    reported: ledger.balance(
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
