import type { Evidence, Purchase, Signal } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import { purchaseTellingOf, type Telling, tellingOf, tellsMatters } from './tellings.ts';

/** The keys of the matters that count by evidence that is no longer kept. */
export type Closed = ReadonlySet<string>;

export const noneClosed: Closed = new Set();

/**
 * Decides, for everything that one customer's evidence tells about the same matters, what counts. Signals and purchases that do not count get `counts: false`.
 * The list must have all evidence of the customer, of all members, each activity once, in any order. The result has the same order.
 *
 * Of what counts once, the telling counts whose voucher is trusted most, of those the earliest by `at`, then by `activityId`. Of what counts again, all but the
 * earliest telling count. What is told about a closed matter is a repeat.
 */
export function settle(model: Model, evidence: readonly Evidence[], closed: Closed = noneClosed): readonly Evidence[] {
  if (!evidence.some(tellsMatters)) return evidence;
  const holders = holdersIn(model, evidence);
  const counts = (telling: Telling | undefined) => telling === undefined || isCounted(telling, holders, closed);
  return evidence.map((one) => {
    if (!tellsMatters(one)) return one;
    const signals = one.signals.map((signal) => marked(signal, counts(tellingOf(model, one, signal))));
    if (one.purchase === undefined) return { ...one, signals };
    const purchase = marked(one.purchase, counts(purchaseTellingOf(model, one, one.purchase)));
    return { ...one, signals, purchase };
  });
}

function marked<Told extends Signal | Purchase>(told: Told, counts: boolean): Told {
  return counts ? told : { ...told, counts: false };
}

/** Who holds each matter: by unit, and by unit and channel if channels are compared. */
type Holders = ReadonlyMap<string, Evidence>;

const inChannel = ({ unit, evidence }: Telling) => `${evidence.channel} ${unit}`;

function holdersIn(model: Model, evidence: readonly Evidence[]): Holders {
  const holders = new Map<string, Evidence>();
  const consider = (telling: Telling | undefined) => {
    if (telling === undefined) return;
    const { matters, unit, evidence: told } = telling;
    if (precedes(model, matters.kind, told, holders.get(unit))) holders.set(unit, told);
    if (!matters.inOtherChannel) return;
    if (precedes(model, 'again', told, holders.get(inChannel(telling)))) holders.set(inChannel(telling), told);
  };
  for (const one of evidence) {
    for (const signal of one.signals) consider(tellingOf(model, one, signal));
    if (one.purchase !== undefined) consider(purchaseTellingOf(model, one, one.purchase));
  }
  return holders;
}

function isCounted(telling: Telling, holders: Holders, closed: Closed): boolean {
  const { key, unit, matters, evidence } = telling;
  const first = closed.has(key) ? undefined : holders.get(unit);
  if (matters.kind === 'once') return first === evidence;
  if (!matters.inOtherChannel) return first !== evidence;
  return first?.channel !== evidence.channel && holders.get(inChannel(telling)) === evidence;
}

/** Whether `one` stands for the matter and not `other`. Trust does not decide which telling is a repeat. */
function precedes(model: Model, kind: 'once' | 'again', one: Evidence, other: Evidence | undefined): boolean {
  if (other === undefined) return true;
  const trust = kind === 'once' ? model.trustOf[one.vouchedBy] - model.trustOf[other.vouchedBy] : 0;
  if (trust !== 0) return trust > 0;
  return one.at !== other.at ? one.at < other.at : one.activityId < other.activityId;
}

/** The keys of the matters under which the evidence has to be found when more is told about them. */
export function heldBy(model: Model, evidence: readonly Evidence[], holder: Evidence): string[] {
  const holders = holdersIn(model, evidence);
  const tellings = [
    ...holder.signals.map((signal) => tellingOf(model, holder, signal)),
    holder.purchase && purchaseTellingOf(model, holder, holder.purchase),
  ];
  const held = tellings.filter((telling) => telling !== undefined && isHeld(telling, holders));
  return [...new Set(held.map((telling) => telling!.key))];
}

function isHeld(telling: Telling, holders: Holders): boolean {
  const inOwnChannel = telling.matters.inOtherChannel ? holders.get(inChannel(telling)) : undefined;
  return holders.get(telling.unit) === telling.evidence || inOwnChannel === telling.evidence;
}
