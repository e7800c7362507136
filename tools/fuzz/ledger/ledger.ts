import { eventsIn, routedPath, writeKeyIn } from './events-in.ts';
import type { FuzzedRequest } from '../requests/request.ts';

interface Acknowledgement {
  readonly success: true;
  readonly rejected?: readonly { readonly index: number; readonly messageId?: string }[];
}

/** The result of a redrive of rejected events: of many, or of one. */
type Redriven = { readonly accepted: number; readonly rejected: number } | { readonly verdict: string };

/** The number of accepted events, without duplicates, and of stored rejected events. */
export interface Count {
  readonly accepted: number;
  readonly rejected: number;
}

/** The counts of events according to the responses. */
export interface Balance extends Count {
  readonly repeated: number;
  /** How many of the accepted events had been rejected before. */
  readonly redriven: number;
}

/** The counts of events from files. */
export interface FileCount extends Count {
  readonly repeated: number;
  /** How many are still stored as rejected. */
  readonly remaining: number;
}

/** Counts the events according to the responses. An event is identified by its source and its id. */
export class Ledger {
  private readonly accepted = new Set<string>();
  /** By their content: a repeated event is stored once. Events without an id are always stored. */
  private readonly rejected = new Map<unknown, string>();
  private withoutId = 0;
  private repeated = 0;
  private redriven = 0;

  /** Counts the events of a successful response. Responses of routes without events change nothing. */
  note(request: FuzzedRequest, answer: unknown): void {
    if (/^\/api\/v1\/rejected\/.*redrive$/.test(routedPath(request.path))) this.noteRedriven(answer as Redriven);
    else if (isAcknowledgement(answer)) this.noteEvents(request, answer);
  }

  private noteRedriven(answer: Redriven): void {
    this.redriven += 'verdict' in answer ? Number(answer.verdict === 'accepted') : answer.accepted;
  }

  private noteEvents(request: FuzzedRequest, { rejected = [] }: Acknowledgement): void {
    const key = writeKeyIn(request)!;
    const indices = new Set(rejected.map(({ index }) => index));
    const { all, idOf } = eventsIn(request);
    for (const { index, messageId } of rejected)
      this.rejected.set(
        messageId ? `${key} ${messageId} ${contentOf(all[index])}` : Symbol(),
        eventKey(key, messageId),
      );
    for (const [index, event] of all.entries()) {
      if (indices.has(index)) continue;
      const id = idOf(event);
      if (id === undefined) this.withoutId += 1;
      else if (this.accepted.has(eventKey(key, id))) this.repeated += 1;
      else this.accepted.add(eventKey(key, id));
    }
  }

  /**
   * `remaining` are the events that are still stored as rejected: those that are missing in it were accepted later. `files` are the counts of
   * imports: no two of their events have the same id.
   */
  balance(
    remaining: readonly { readonly key: string; readonly messageId: string | null }[],
    files: FileCount = { accepted: 0, rejected: 0, repeated: 0, remaining: 0 },
  ): Balance {
    const left = new Map<string, number>();
    for (const { key, messageId } of remaining) count(left, eventKey(key, messageId), 1);
    const later = [...this.rejected.values()].filter((one) => count(left, one, -1) < 0);
    const named = later.filter((one) => !hasNoId(one));
    const sent = this.accepted.union(new Set(named)).size + this.withoutId + later.length - named.length;
    return {
      accepted: sent + files.accepted + files.rejected - files.remaining,
      rejected: this.rejected.size + files.rejected - this.redriven,
      repeated: this.repeated + files.repeated,
      redriven: this.redriven,
    };
  }
}

/** The content of an event as JSON, without `sentAt`; a constant if it is nested too deeply for JSON. */
function contentOf(event: unknown): string {
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event);
  const value = isObject ? { ...event, sentAt: undefined } : event;
  try {
    return JSON.stringify(value, (_, inner: unknown) => (isBeyondNumbers(inner) ? String(inner) : inner)) ?? 'nothing';
  } catch {
    return 'nested too deeply';
  }
}

const isBeyondNumbers = (value: unknown) => typeof value === 'number' && !Number.isFinite(value);

/** The id of an event is not empty. */
const hasNoId = (one: string) => one.endsWith(' ') && !one.slice(0, -1).includes(' ');

/** The key of the source, and the id as Postgres can store it. */
function eventKey(key: string, id: string | null | undefined): string {
  return `${key} ${(id ?? '').replaceAll('\u0000', '').toWellFormed()}`;
}

function count(counts: Map<string, number>, name: string, by: number): number {
  const now = (counts.get(name) ?? 0) + by;
  counts.set(name, now);
  return now;
}

function isAcknowledgement(answer: unknown): answer is Acknowledgement {
  return (answer as Partial<Acknowledgement> | null)?.success === true;
}
