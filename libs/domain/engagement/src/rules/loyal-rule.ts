import {
  type Catalogue,
  catalogueOf,
  type Field,
  fieldsOf,
  isGiven,
  isObject,
  type JsonNode,
  type Rule,
  ruleIn,
} from '@sestante/rules';
import { channels } from '../activity.ts';
import { becauseIn } from '../document/leaf.ts';
import type { Because } from '../document/model-document.ts';
import { elements } from '../element.ts';

/** The parts of a score that the definition of loyal may ask. */
export const scoreParts = ['bond', 'mood', 'drop', 'confidence', 'evidence'] as const;
/** The parts of the silence since the last purchase that it may ask. */
export const silenceParts = ['usualDays', 'silentDays', 'chance', 'surprise'] as const;

/**
 * What the definition of loyal may ask: `<element>.bond`, `.mood`, `.drop`, `.confidence` and `.evidence`, `overall`; the `channels` with evidence, and
 * `channels.count`; `purchases.count`, and if the model has a rhythm and the customer a purchase, `purchases.usualDays`, `.silentDays`, `.chance` and
 * `.surprise`.
 */
export const loyalFields: readonly Field[] = [
  ...elements.flatMap((element) => scoreParts.map((part): Field => ({ name: `${element}.${part}`, type: 'number' }))),
  { name: 'overall', type: 'number' },
  { name: 'channels', type: 'texts', choices: channels },
  { name: 'channels.count', type: 'number' },
  { name: 'purchases.count', type: 'number' },
  ...silenceParts.map((part): Field => ({ name: `purchases.${part}`, type: 'number' })),
];

export const loyalCatalogue: Catalogue = catalogueOf(loyalFields);

/** A compiled `LoyalDocument`. */
export interface LoyalRule {
  readonly rule: Rule;
  readonly because: Because;
}

/** Compiles a `LoyalDocument`, if it is given. */
export function loyalIn(node: JsonNode): LoyalRule | undefined {
  if (!isGiven(node)) return undefined;
  const fields = fieldsOf(node, ['when', 'because']);
  if (!isObject(node.value)) return undefined;
  return { rule: ruleIn(fields.when, loyalCatalogue), because: becauseIn(fields.because) };
}
