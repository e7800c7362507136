import type { Scale } from '../element.ts';
import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import type { State } from './state.ts';
import { scales } from '../element.ts';
import { remaining } from '../decay.ts';
import { channelCount, elementCount, referenceIndex, scaleLayout } from './layout.ts';
import { asState, emptyState, numberAt } from './state.ts';

/**
 * Adds the evidence of one activity. Later evidence brings the state forward; older evidence is added with its decayed weight.
 * The order does not matter. The caller must add each activity only once. Evidence without signals changes nothing.
 */
export function add(model: Model, state: State, evidence: Evidence): State {
  const numbers = state.slice();
  accumulate(model, numbers, evidence);
  return asState(numbers);
}

/**
 * The state after adding all evidence, in one pass. It begins with `base`, the state of evidence that is no longer kept: the result is that of
 * a fold over both. No activity may be in both.
 */
export function fold(model: Model, evidence: Iterable<Evidence>, base: State = emptyState()): State {
  const numbers = base.slice();
  for (const one of evidence) accumulate(model, numbers, one);
  return asState(numbers);
}

/** Multiplies the sums of a scale by `decayFactor`, in place. */
export function decaySums(numbers: number[], scale: Scale, decayFactor: number): void {
  if (decayFactor === 1) return;
  const { start, end } = scaleLayout[scale];
  for (let index = start; index < end; index += 1) numbers[index] = numberAt(numbers, index) * decayFactor;
}

function accumulate(model: Model, numbers: number[], evidence: Evidence): void {
  if (evidence.signals.length === 0) return;
  const before = numberAt(numbers, referenceIndex);
  const at = Math.max(before, evidence.at);
  numbers[referenceIndex] = at;
  for (const scale of scales) {
    const halfLife = model.halfLives[scale];
    decaySums(numbers, scale, remaining(at - before, halfLife));
    addSignals(numbers, evidence, { scale, decayFactor: remaining(at - evidence.at, halfLife) });
  }
  count(numbers, evidence);
}

function addSignals(
  numbers: number[],
  evidence: Evidence,
  to: { readonly scale: Scale; readonly decayFactor: number },
): void {
  const { element, channel } = scaleLayout[to.scale];
  const inChannel = channel[evidence.channel];
  for (const signal of evidence.signals) {
    const weight = signal.weight * to.decayFactor;
    const good = weight * signal.valence;
    const inElement = element[signal.element];
    increase(numbers, inElement, weight);
    increase(numbers, inElement + 1, good);
    increase(numbers, inChannel, weight);
    increase(numbers, inChannel + 1, good);
  }
}

/** Counts the activity once for its channel, and once for each element of its signals. */
function count(numbers: number[], { channel, signals }: Evidence): void {
  increase(numbers, channelCount[channel], 1);
  signals.forEach(({ element }, index) => {
    const isFirst = signals.findIndex((signal) => signal.element === element) === index;
    if (isFirst) increase(numbers, elementCount[element], 1);
  });
}

function increase(numbers: number[], index: number, by: number): void {
  numbers[index] = numberAt(numbers, index) + by;
}
