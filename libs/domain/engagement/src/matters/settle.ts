import type { Channel } from '../activity.ts';
import type { Evidence, Purchase, Signal } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import { mattersOf, tellsMatters } from './tellings.ts';

/** The keys of the matters that count by evidence that is no longer kept. */
export type Closed = ReadonlySet<string>;

export const noneClosed: Closed = new Set();

/**
 * Decides, for everything that one customer's evidence tells about the same matters, what counts. Signals and purchases that do not count get `counts: false`.
 * The list must have all evidence of the customer, of all members, each activity once, in any order. The result has the same order.
 *
 * Of a matter that counts once, one telling counts: that whose voucher is trusted most, of those the earliest by `at`, then by `activityId`. Of a matter that
 * counts again, every telling but the earliest counts. What is told about a closed matter is a repeat; for repeats in other channels, the channel of the earliest
 * telling is not known any more, so that the first telling in each channel counts.
 */
export function settle(model: Model, evidence: readonly Evidence[], closed: Closed = noneClosed): readonly Evidence[] {
  if (!evidence.some(tellsMatters)) return evidence;
  const holders = holdersOf(model, evidence);
  const counts = (signal: Signal, one: Evidence) => isCounted(signal, one, holders, closed);
  return evidence.map((one) => {
    if (!tellsMatters(one)) return one;
    const { signals, purchase } = one;
    const isPurchase = purchase === undefined || isPurchaseCounted(purchase, one, holders, closed);
    if (isPurchase && signals.every((signal) => counts(signal, one))) return one;
    const settled = signals.map((signal) => (counts(signal, one) ? signal : uncounted(signal)));
    if (purchase === undefined) return { ...one, signals: settled };
    return { ...one, signals: settled, purchase: isPurchase ? purchase : uncounted(purchase) };
  });
}

export function uncounted<Told extends Signal | Purchase>(told: Told): Told {
  return { ...told, counts: false };
}

/** Which evidence stands for each matter, by key. */
export interface Holders {
  /** The telling that counts, of matters that count once. */
  readonly once: ReadonlyMap<string, Evidence>;
  /** The earliest telling, of matters that count again. */
  readonly first: ReadonlyMap<string, Evidence>;
  /** The earliest telling in each channel, of the same matters. */
  readonly firstIn: ReadonlyMap<string, ReadonlyMap<Channel, Evidence>>;
}

export function holdersOf(model: Model, evidence: readonly Evidence[]): Holders {
  const [once, first] = [new Map<string, Evidence>(), new Map<string, Evidence>()];
  const firstIn = new Map<string, Map<Channel, Evidence>>();
  const tellOnce = (key: string, one: Evidence) => {
    const holder = once.get(key);
    if (holder === undefined || isPreferred(model, one, holder)) once.set(key, one);
  };
  const tellAgain = (key: string, one: Evidence) => {
    if (isEarlier(one, first.get(key))) first.set(key, one);
    const inChannels = firstIn.get(key) ?? new Map<Channel, Evidence>();
    firstIn.set(key, inChannels);
    if (isEarlier(one, inChannels.get(one.channel))) inChannels.set(one.channel, one);
  };
  for (const one of evidence) {
    for (const { once: onceKey, again } of one.signals) {
      if (onceKey !== undefined) tellOnce(onceKey, one);
      else if (again !== undefined) tellAgain(again, one);
    }
    if (one.purchase?.once !== undefined) tellOnce(one.purchase.once, one);
  }
  return { once, first, firstIn };
}

/** What decides which telling stands for a matter. */
export type Teller = Pick<Evidence, 'activityId' | 'at' | 'vouchedBy'>;

/** Whether `one` stands for a matter that counts once, and not `other`. */
export function isPreferred(model: Model, one: Teller, other: Teller): boolean {
  const trust = model.trustOf[one.vouchedBy] - model.trustOf[other.vouchedBy];
  return trust === 0 ? isEarlier(one, other) : trust > 0;
}

function isEarlier(one: Teller, other: Teller | undefined): boolean {
  if (other === undefined || one.at < other.at) return true;
  return one.at === other.at && one.activityId < other.activityId;
}

function isCounted(signal: Signal, one: Evidence, holders: Holders, closed: Closed): boolean {
  const { once, again, inOtherChannel } = signal;
  if (once !== undefined) return !closed.has(once) && holders.once.get(once) === one;
  if (again === undefined) return true;
  const first = closed.has(again) ? undefined : holders.first.get(again);
  if (first === one) return false;
  if (!inOtherChannel) return true;
  return first?.channel !== one.channel && holders.firstIn.get(again)?.get(one.channel) === one;
}

function isPurchaseCounted({ once }: Purchase, one: Evidence, holders: Holders, closed: Closed): boolean {
  return once === undefined || (!closed.has(once) && holders.once.get(once) === one);
}

/** The keys under which the evidence has to be found when more is told about its matters. */
export function heldBy({ once, first, firstIn }: Holders, one: Evidence): string[] {
  const stands = (key: string) =>
    once.get(key) === one || first.get(key) === one || firstIn.get(key)?.get(one.channel) === one;
  return mattersOf(one).filter(stands);
}
