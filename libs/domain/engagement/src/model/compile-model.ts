import { documentNode, fieldsOf, isGiven, itemsOf, type JsonNode, numberIn, textIn } from '@sestante/rules';
import { type VouchedBy, vouchers } from '../activity.ts';
import { days } from '../decay.ts';
import { InvalidModel } from '../document/invalid-model.ts';
import { becauseIn, numberOr, positive, proportion, strictProportion, weight } from '../document/leaf.ts';
import type { ModelDocument } from '../document/model-document.ts';
import { byElement, elements, type Scale, scales } from '../element.ts';
import { loyalIn } from '../rules/loyal-rule.ts';
import { rhythmIn } from '../rhythm/rhythm.ts';
import { ruleIn } from '../rules/rule.ts';
import type { ChannelSpread, Model } from './model.ts';
import { purchasesIn } from './purchases.ts';

const longestVersion = 100;
const mostRules = 1_000;

/**
 * Checks a whole `ModelDocument` and compiles it. The model shares no object with the document.
 *
 * @throws InvalidModel with every fault in the document. Unknown fields are faults.
 */
export function compileModel(document: unknown): Model {
  const node = documentNode(document);
  const model = modelIn(node);
  if (node.faults.length > 0) throw new InvalidModel(node.faults);
  return { ...model, document: JSON.parse(JSON.stringify(document)) as ModelDocument };
}

const names = [
  ...['version', 'halfLifeDays', 'elements', 'trustOf', 'mostPerActivity'],
  ...['purchases', 'rhythm', 'channelSpread', 'loyal', 'rules'],
] as const satisfies (keyof ModelDocument)[];

function modelIn(node: JsonNode): Omit<Model, 'document'> {
  const fields = fieldsOf(node, names);
  return {
    version: textIn(fields.version, longestVersion),
    halfLives: halfLivesIn(fields.halfLifeDays),
    ...elementsIn(fields.elements),
    trustOf: trustIn(fields.trustOf),
    mostPerActivity: numberOr(fields.mostPerActivity, weight, Infinity),
    purchases: purchasesIn(fields.purchases),
    rhythm: rhythmIn(fields.rhythm, isGiven(fields.purchases)),
    channelSpread: channelSpreadIn(fields.channelSpread),
    loyal: loyalIn(fields.loyal),
    ...rulesIn(fields.rules),
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
  for (const voucher of vouchers) trust[voucher] = numberOr(fields[voucher], proportion, 1);
  return trust;
}

function channelSpreadIn(node: JsonNode): ChannelSpread | undefined {
  if (!isGiven(node)) return undefined;
  const fields = fieldsOf(node, ['weight', 'because']);
  return { weight: numberIn(fields.weight, weight), because: becauseIn(fields.because) };
}

function rulesIn(node: JsonNode): Pick<Model, 'rules' | 'rulesOf'> {
  const rules = itemsOf(node, mostRules).map(ruleIn);
  return { rules, rulesOf: Map.groupBy(rules, ({ activity }) => activity) };
}
