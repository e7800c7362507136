import type { Properties } from '../activity.ts';
import type { JsonNode } from '../document/json-node.ts';
import type { Element } from '../element.ts';
import type { Signal } from '../evidence.ts';
import type { Condition } from './condition.ts';
import type { Valence } from './valence.ts';
import { numberIn, textIn, weight, choiceIn } from '../document/leaf.ts';
import { addFault, fieldsOf, isGiven, itemsOf } from '../document/json-node.ts';
import { elements } from '../element.ts';
import { conditionIn } from './condition.ts';
import { valenceIn } from './valence.ts';

/** A compiled `RuleDocument`. */
export interface Rule {
  readonly activity: string;
  readonly conditions: readonly Condition[];
  readonly signals: readonly SignalRule[];
  readonly because: string;
}

interface SignalRule {
  readonly element: Element;
  readonly weight: number;
  readonly valence: Valence;
}

/** The signals of the rule for these properties: all of them, or none if the rule does not apply. */
export function applyRule(rule: Rule, properties: Properties): readonly Signal[] {
  if (!rule.conditions.every((holds) => holds(properties))) return [];
  const signals: Signal[] = [];
  for (const { element, weight, valence } of rule.signals) {
    const read = valence(properties);
    if (read === undefined) return [];
    signals.push({ element, weight, valence: read });
  }
  return signals;
}

/** Compiles a `RuleDocument`. */
export function ruleIn(node: JsonNode): Rule {
  const fields = fieldsOf(node, ['activity', 'when', 'signals', 'because']);
  return {
    activity: activityNameIn(fields.activity),
    conditions: isGiven(fields.when) ? itemsOf(fields.when).map(conditionIn) : [],
    signals: itemsOf(fields.signals).map(signalIn),
    because: textIn(fields.because),
  };
}

function activityNameIn(node: JsonNode): string {
  const name = textIn(node);
  if (name !== '' && !/^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(name)) {
    addFault(node, 'must be lower-case words joined by dots, as in order.completed');
  }
  return name;
}

function signalIn(node: JsonNode): SignalRule {
  const fields = fieldsOf(node, ['element', 'weight', 'valence']);
  return {
    element: choiceIn(fields.element, elements),
    weight: numberIn(fields.weight, weight),
    valence: valenceIn(fields.valence),
  };
}
