import type { Verdict } from '../judge/judge.ts';

/** What an engineer who integrates a source sees of an event. No values: they may be personal. */
export interface ShownVerdict {
  readonly receivedAt: string;
  readonly verdict: 'accepted' | 'repeated' | 'rejected';
  readonly messageId: string | null;
  /** What happened: our name where it was accepted, else what the event says. */
  readonly name: string | null;
  readonly code?: string;
  readonly reason?: string;
  readonly channel?: string;
  readonly timestamp?: string;
  /** The kinds of the identifiers, such as `user_id`, or `email (weak)`. */
  readonly identifiers?: readonly string[];
}

interface Finding {
  readonly receivedAt: Date;
  readonly verdict: Verdict;
  readonly isRepeated: boolean;
  /** As it came. */
  readonly event: unknown;
}

export function toShown({ receivedAt, verdict, isRepeated, event }: Finding): ShownVerdict {
  const at = receivedAt.toISOString();
  if (verdict.kind === 'rejected') {
    const { messageId = null, code, reason } = verdict.rejection;
    return { receivedAt: at, verdict: 'rejected', messageId, name: nameIn(event), code, reason };
  }
  const { messageId, name, channel, timestamp, identifiers } = verdict.activity;
  return {
    receivedAt: at,
    verdict: isRepeated ? 'repeated' : 'accepted',
    messageId,
    name,
    channel,
    timestamp,
    identifiers: identifiers.map(({ kind, isWeak }) => (isWeak ? `${kind} (weak)` : kind)),
  };
}

const longestShown = 128;

function nameIn(event: unknown): string | null {
  const { event: name, type } = (event ?? {}) as { event?: unknown; type?: unknown };
  const given = [name, type].find((text) => typeof text === 'string');
  return given === undefined ? null : String(given).slice(0, longestShown);
}
