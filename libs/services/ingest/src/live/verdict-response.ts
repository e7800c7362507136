import { vocabulary } from '@sestante/contracts';
import { closestMatch } from 'leven';
import { type ReportedViolation, toReportedViolations } from '../types/reported-violation.ts';
import { beginningOf } from '../judge/beginning-of.ts';
import type { RecentVerdict } from './recent-verdicts.ts';

/** The verdict on an event, for the engineer who integrates the source. It has no values of the event, which may be personal. */
export interface VerdictResponse {
  readonly receivedAt: string;
  readonly verdict: 'accepted' | 'incomplete' | 'repeated' | 'rejected';
  readonly messageId: string | null;
  /** The name of the activity if it was accepted; otherwise the name in the event. */
  readonly name: string | null;
  /** Set if the name is not in the vocabulary: a custom activity, or a typing error. */
  readonly isCustom?: true;
  /** For a custom name: the name of the vocabulary with a similar spelling or meaning. */
  readonly similarTo?: string;
  readonly code?: string;
  readonly reason?: string;
  /** The violations of an incomplete event. */
  readonly violations?: readonly ReportedViolation[];
  readonly channel?: string;
  readonly timestamp?: string;
  /** The kinds of the identifiers, such as `user_id`, or `email (weak)`. */
  readonly identifiers?: readonly string[];
}

export function toVerdictResponse({ receivedAt, verdict, isRepeated, said }: RecentVerdict): VerdictResponse {
  const at = receivedAt.toISOString();
  if (verdict.kind === 'rejected') {
    const { messageId = null, code, reason } = verdict.rejection;
    return { receivedAt: at, verdict: 'rejected', messageId, name: said, code, reason };
  }
  const { messageId, name, channel, timestamp, identifiers } = verdict.activity;
  const violations = toReportedViolations(verdict.violations);
  const accepted = violations.length > 0 ? 'incomplete' : 'accepted';
  return {
    receivedAt: at,
    verdict: isRepeated ? 'repeated' : accepted,
    messageId,
    name,
    ...(Object.hasOwn(vocabulary, name) ? {} : customName(name)),
    channel,
    timestamp,
    identifiers: identifiers.map(({ kind, isWeak }) => (isWeak ? `${kind} (weak)` : kind)),
    ...(violations.length > 0 && { violations }),
  };
}

/** The most letters in which a misspelled name differs. */
const maxDifferentLetters = 2;

/** Names of other systems for activities of the vocabulary, by words in any order. They are only hints: a shop may send both activities. */
const synonyms: readonly (readonly [name: string, words: RegExp])[] = [
  [
    'order.completed',
    /(?=.*(?:order|checkout|ecommerce))(?=.*(?:created|confirmed|placed|paid|success|purchase|completed))|purchased?(?:$|_)/,
  ],
  ['product.added', /(?=.*(?:product|item))(?=.*add)(?=.*(?:cart|bag|basket))/],
  ['product.added_to_wishlist', /(?=.*add)(?=.*(?:wishlist|favou?rites?))/],
  ['consent.updated', /consent|permission/],
  ['offer.redeemed', /(?:coupon|voucher|offer).*(?:redeem|used|claimed)/],
];

function customName(name: string): Pick<VerdictResponse, 'isCustom' | 'similarTo'> {
  const words = name.replaceAll('.', '_');
  const similarTo =
    closestMatch(name, Object.keys(vocabulary), { maxDistance: maxDifferentLetters }) ??
    synonyms.find(([, pattern]) => pattern.test(words))?.[0];
  return { isCustom: true, ...(similarTo && { similarTo }) };
}

const maxNameLength = 128;

/** The name in an event as it was received, up to 128 characters; its type if it has no name. */
export function nameIn(event: unknown): string | null {
  const { event: name, type } = (event ?? {}) as { event?: unknown; type?: unknown };
  const given = [name, type].find((text) => typeof text === 'string');
  return given === undefined ? null : beginningOf(String(given), maxNameLength);
}
