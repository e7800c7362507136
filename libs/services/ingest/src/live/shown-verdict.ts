import { vocabulary } from '@sestante/contracts';
import { closestMatch } from 'leven';
import { type ToldViolation, toldOf } from '../types/told-violation.ts';
import { beginningOf } from '../judge/beginning-of.ts';
import type { RecentVerdict } from './recent-verdicts.ts';

/** What an engineer who integrates a source sees of an event. No values: they may be personal. */
export interface ShownVerdict {
  readonly receivedAt: string;
  readonly verdict: 'accepted' | 'incomplete' | 'repeated' | 'rejected';
  readonly messageId: string | null;
  /** What happened: our name where it was accepted, else what the event says. */
  readonly name: string | null;
  /** On a name that the vocabulary does not have: the source's own, or a slip. */
  readonly isCustom?: true;
  /** Beside it: the name of the vocabulary that is almost the same, or means the same. */
  readonly similarTo?: string;
  readonly code?: string;
  readonly reason?: string;
  /** What is wrong with one that is incomplete. */
  readonly violations?: readonly ToldViolation[];
  readonly channel?: string;
  readonly timestamp?: string;
  /** The kinds of the identifiers, such as `user_id`, or `email (weak)`. */
  readonly identifiers?: readonly string[];
}

export function toShown({ receivedAt, verdict, isRepeated, said }: RecentVerdict): ShownVerdict {
  const at = receivedAt.toISOString();
  if (verdict.kind === 'rejected') {
    const { messageId = null, code, reason } = verdict.rejection;
    return { receivedAt: at, verdict: 'rejected', messageId, name: said, code, reason };
  }
  const { messageId, name, channel, timestamp, identifiers } = verdict.activity;
  const violations = toldOf(verdict.violations);
  const taken = violations.length > 0 ? 'incomplete' : 'accepted';
  return {
    receivedAt: at,
    verdict: isRepeated ? 'repeated' : taken,
    messageId,
    name,
    ...(Object.hasOwn(vocabulary, name) ? {} : ofOnesOwn(name)),
    channel,
    timestamp,
    identifiers: identifiers.map(({ kind, isWeak }) => (isWeak ? `${kind} (weak)` : kind)),
    ...(violations.length > 0 && { violations }),
  };
}

/** Letters that a slip may change. */
const mostSlips = 2;

/** What other systems call our activities: not read as these, as a shop may send both. By words, in any order. */
const alike: readonly (readonly [name: string, words: RegExp])[] = [
  [
    'order.completed',
    /(?=.*(?:order|checkout|ecommerce))(?=.*(?:created|confirmed|placed|paid|success|purchase|completed))|purchased?(?:$|_)/,
  ],
  ['product.added', /(?=.*(?:product|item))(?=.*add)(?=.*(?:cart|bag|basket))/],
  ['product.added_to_wishlist', /(?=.*add)(?=.*(?:wishlist|favou?rites?))/],
  ['consent.updated', /consent|permission/],
  ['offer.redeemed', /(?:coupon|voucher|offer).*(?:redeem|used|claimed)/],
];

function ofOnesOwn(name: string): Pick<ShownVerdict, 'isCustom' | 'similarTo'> {
  const words = name.replaceAll('.', '_');
  const similarTo =
    closestMatch(name, Object.keys(vocabulary), { maxDistance: mostSlips }) ??
    alike.find(([, pattern]) => pattern.test(words))?.[0];
  return { isCustom: true, ...(similarTo && { similarTo }) };
}

const longestShown = 128;

/** What an event says that happened, as it came. */
export function nameIn(event: unknown): string | null {
  const { event: name, type } = (event ?? {}) as { event?: unknown; type?: unknown };
  const given = [name, type].find((text) => typeof text === 'string');
  return given === undefined ? null : beginningOf(String(given), longestShown);
}
