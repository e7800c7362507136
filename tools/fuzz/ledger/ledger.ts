import { eventsIn, routedPath, writeKeyIn } from './events-in.ts';
import type { FuzzedRequest } from '../requests/request.ts';

interface Acknowledgement {
  readonly success: true;
  readonly rejected?: readonly { readonly index: number; readonly messageId?: string }[];
}

/** What became of rejected events that were judged again: of many, or of one. */
type Redriven = { readonly accepted: number; readonly rejected: number } | { readonly verdict: string };

/** How many events were taken, each once however often it was sent, and how many are kept as rejected. */
export interface Count {
  readonly accepted: number;
  readonly rejected: number;
}

/** What the answers said became of the events. */
export interface Balance extends Count {
  readonly repeated: number;
  /** How many of the accepted ones had been rejected before. */
  readonly redriven: number;
}

/** What became of the events of files. */
export interface FileCount extends Count {
  readonly repeated: number;
  /** How many are still kept as rejected. */
  readonly remaining: number;
}

/** Keeps count of what senders were told. An event is known by its source and its id. */
export class Ledger {
  private readonly taken = new Set<string>();
  /** By what they say: one that comes again is kept once. What has no id is never known again. */
  private readonly turnedDown = new Map<unknown, string>();
  private nameless = 0;
  private repeated = 0;
  private redriven = 0;

  /** Notes an answer with success. Those of other routes than events' change nothing. */
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
      this.turnedDown.set(messageId ? `${key} ${messageId} ${said(all[index])}` : Symbol(), knownBy(key, messageId));
    for (const [index, event] of all.entries()) {
      if (indices.has(index)) continue;
      const id = idOf(event);
      if (id === undefined) this.nameless += 1;
      else if (this.taken.has(knownBy(key, id))) this.repeated += 1;
      else this.taken.add(knownBy(key, id));
    }
  }

  /**
   * `remaining` are the events that are still kept as rejected: which of them were taken later is seen by what is no longer there. `files` is what
   * imports say of themselves: no two of their events have one id.
   */
  balance(
    remaining: readonly { readonly key: string; readonly messageId: string | null }[],
    files: FileCount = { accepted: 0, rejected: 0, repeated: 0, remaining: 0 },
  ): Balance {
    const left = new Map<string, number>();
    for (const { key, messageId } of remaining) count(left, knownBy(key, messageId), 1);
    const later = [...this.turnedDown.values()].filter((one) => count(left, one, -1) < 0);
    const named = later.filter((one) => !isNameless(one));
    const sent = this.taken.union(new Set(named)).size + this.nameless + later.length - named.length;
    return {
      accepted: sent + files.accepted + files.rejected - files.remaining,
      rejected: this.turnedDown.size + files.rejected - this.redriven,
      repeated: this.repeated + files.repeated,
      redriven: this.redriven,
    };
  }
}

/** What an event says, but for when it was sent. Of those that nest so deeply that JSON cannot say it, only that is kept. */
function said(event: unknown): string {
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event);
  const value = isObject ? { ...event, sentAt: undefined } : event;
  try {
    return JSON.stringify(value, (_, inner: unknown) => (isBeyondNumbers(inner) ? String(inner) : inner)) ?? 'nothing';
  } catch {
    return 'nests too deeply';
  }
}

const isBeyondNumbers = (value: unknown) => typeof value === 'number' && !Number.isFinite(value);

/** The id of an event is not empty. */
const isNameless = (one: string) => one.endsWith(' ') && !one.slice(0, -1).includes(' ');

/** By the key of the source, and the id as Postgres can hold it. */
function knownBy(key: string, id: string | null | undefined): string {
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
