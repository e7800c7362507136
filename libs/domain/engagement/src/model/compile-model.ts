import type { JsonNode } from '../document/json-node.ts';
import type { VouchedBy } from '../activity.ts';
import type { Scale } from '../element.ts';
import type { Rule } from '../rules/rule.ts';
import type { Model } from './model.ts';
import { vouchers } from '../activity.ts';
import { InvalidModel } from '../document/invalid-model.ts';
import { numberIn, positive, proportion, strictProportion, textIn, weight } from '../document/leaf.ts';
import { fieldsOf, isGiven, itemsOf } from '../document/json-node.ts';
import { byElement, elements, scales } from '../element.ts';
import { ruleIn } from '../rules/rule.ts';
import { days } from '../decay.ts';

/**
 * Checks a whole `ModelDocument` and compiles it. The model shares no object with the document.
 *
 * @throws InvalidModel with every fault in the document. Unknown fields are faults.
 */
export function compileModel(document: unknown): Model {
  const node: JsonNode = { path: '', value: document, faults: [] };
  const model = modelIn(node);
  if (node.faults.length > 0) throw new InvalidModel(node.faults);
  return model;
}

function modelIn(node: JsonNode): Model {
  const fields = fieldsOf(node, ['version', 'halfLifeDays', 'elements', 'channelSpread', 'trustOf', 'rules']);
  return {
    version: textIn(fields.version),
    halfLives: halfLivesIn(fields.halfLifeDays),
    ...elementsIn(fields.elements),
    channelSpreadWeight: numberIn(fieldsOf(fields.channelSpread, ['weight']).weight, weight),
    trustOf: trustIn(fields.trustOf),
    rules: byActivity(itemsOf(fields.rules).map(ruleIn)),
  };
}

function halfLivesIn(node: JsonNode): Record<Scale, number> {
  const fields = fieldsOf(node, scales);
  return { bond: days(numberIn(fields.bond, positive)), mood: days(numberIn(fields.mood, positive)) };
}

function elementsIn(node: JsonNode): Pick<Model, 'priors' | 'shares'> {
  const fields = fieldsOf(node, elements);
  const parts = byElement((element) => fieldsOf(fields[element], ['base', 'strength', 'weight']));
  const priors = byElement((element) => ({
    base: numberIn(parts[element].base, strictProportion),
    strength: numberIn(parts[element].strength, positive),
  }));
  const weights = byElement((element) => numberIn(parts[element].weight, weight));
  const total = elements.reduce((sum, element) => sum + weights[element], 0);
  return { priors, shares: byElement((element) => weights[element] / total) };
}

function trustIn(node: JsonNode): Record<VouchedBy, number> {
  const trust: Record<VouchedBy, number> = { secret: 1, customer: 1, page: 1 };
  if (!isGiven(node)) return trust;
  const fields = fieldsOf(node, vouchers);
  for (const voucher of vouchers) if (isGiven(fields[voucher])) trust[voucher] = numberIn(fields[voucher], proportion);
  return trust;
}

function byActivity(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const grouped = new Map<string, Rule[]>();
  for (const rule of rules) grouped.set(rule.activity, [...(grouped.get(rule.activity) ?? []), rule]);
  return grouped;
}
