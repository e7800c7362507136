import { addFault, between, fieldsOf, isGiven, type JsonNode, numberIn } from '@sestante/rules';
import { becauseIn, numberOr, proportion, weight } from '../document/leaf.ts';
import type { Because } from '../document/model-document.ts';
import { byElement, type Element, elements } from '../element.ts';

/** A compiled `RhythmDocument`. */
export interface Rhythm {
  readonly shape: number;
  readonly rateDays: number;
  readonly sharpness: number;
  /** The maximum weight for each element; 0 for an element that silence says nothing about. */
  readonly weights: Readonly<Record<Element, number>>;
  readonly valence: number;
  readonly because: Because;
}

/** Compiles a `RhythmDocument`, if it is given. */
export function rhythmIn(node: JsonNode, hasPurchases: boolean): Rhythm | undefined {
  if (!isGiven(node)) return undefined;
  if (!hasPurchases) addFault(node, 'needs purchases');
  const fields = fieldsOf(node, ['shape', 'rateDays', 'sharpness', 'elements', 'valence', 'because']);
  const weights = fieldsOf(fields.elements, elements);
  const isEmpty = elements.every((element) => !isGiven(weights[element]));
  if (isEmpty && isGiven(fields.elements)) addFault(fields.elements, 'must name at least one element');
  return {
    shape: numberIn(fields.shape, between(0.001, 1_000)),
    rateDays: numberIn(fields.rateDays, between(0.001, 100_000)),
    sharpness: numberOr(fields.sharpness, between(1, 20), 1),
    weights: byElement((element) => numberOr(weights[element], weight, 0)),
    valence: numberIn(fields.valence, proportion),
    because: becauseIn(fields.because),
  };
}
