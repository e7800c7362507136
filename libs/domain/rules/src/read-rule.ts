import type { Catalogue } from './fields/field.ts';
import { addFault, fieldsOf, isObject, itemsOf, type JsonNode } from './json/json-node.ts';
import { operandIn, operatorsOf } from './operators.ts';
import { operators, type Rule } from './rule.ts';

/** How deep a rule may be. A leaf has depth 1, and `not` around it depth 2. */
export const mostDepth = 8;
/** The most parts of a rule: its leaves, and each `all`, `any` and `not`. */
export const mostParts = 200;

/** What the parts of a rule are read with. */
interface Reading {
  readonly root: JsonNode;
  readonly catalogue: Catalogue;
  readonly depth: number;
  readonly parts: { count: number };
}

/** Stands for a part with a fault. */
const none: Rule = { kind: 'any', rules: [] };

/**
 * Reads a `RuleDocument`. Adds a fault for each place that is wrong: an unknown field, an operator of another type, a value of another type, too
 * many parts. The result may be used only if there is no fault.
 */
export function ruleIn(node: JsonNode, catalogue: Catalogue): Rule {
  return partIn(node, { root: node, catalogue, depth: 1, parts: { count: 0 } });
}

function partIn(node: JsonNode, reading: Reading): Rule {
  const { root, depth, parts } = reading;
  parts.count += 1;
  if (parts.count > mostParts) {
    if (parts.count === mostParts + 1) addFault(root, `must have at most ${mostParts} parts`);
    return none;
  }
  if (depth > mostDepth) {
    addFault(node, `must not be deeper than ${mostDepth} levels`);
    return none;
  }
  if (!isObject(node.value)) {
    addFault(node, 'must be an object');
    return none;
  }
  const { value } = node;
  const [kind, ...others] = (['all', 'any', 'not'] as const).filter((name) => Object.hasOwn(value, name));
  if (kind === undefined) return leafIn(node, reading);
  if (others.length > 0) {
    addFault(node, 'must have exactly one of all, any and not');
    return none;
  }
  return combinationIn(node, kind, { ...reading, depth: depth + 1 });
}

function combinationIn(node: JsonNode, kind: 'all' | 'any' | 'not', reading: Reading): Rule {
  const inside = fieldsOf(node, [kind])[kind];
  if (kind === 'not') return { kind, rule: partIn(inside, reading) };
  return { kind, rules: itemsOf(inside, mostParts).map((item) => partIn(item, reading)) };
}

function leafIn(node: JsonNode, { catalogue }: Reading): Rule {
  const fields = fieldsOf(node, ['field', 'operator', 'value']);
  const { value: name } = fields.field;
  const field = typeof name === 'string' ? catalogue(name) : undefined;
  if (field === undefined) addFault(fields.field, 'is not a field that can be used here');
  const allowed = field === undefined ? operators : operatorsOf[field.type];
  const operator = allowed.find((one) => one === fields.operator.value);
  if (operator === undefined) addFault(fields.operator, `must be one of ${allowed.join(', ')}`);
  if (field === undefined || operator === undefined) return none;
  return { kind: 'leaf', field, operator, value: operandIn(fields.value, field, operator) };
}
