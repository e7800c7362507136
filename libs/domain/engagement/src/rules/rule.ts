import type { Properties } from '../activity.ts';
import type { Place } from '../document/place.ts';
import type { Element } from '../element.ts';
import type { Signal } from '../evidence.ts';
import type { Condition } from './condition.ts';
import type { Valence } from './valence.ts';
import { numberIn, textIn, weight, wordIn } from '../document/leaf.ts';
import { fault, fieldsOf, isGiven, itemsOf } from '../document/place.ts';
import { elements } from '../element.ts';
import { conditionIn } from './condition.ts';
import { valenceIn } from './valence.ts';

/** What one kind of activity says, compiled. */
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

/** The signals that the rule gives for these properties: all of them, or none when it does not apply. */
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

/** Compiles the `RuleDocument` here. */
export function ruleIn(place: Place): Rule {
  const fields = fieldsOf(place, ['activity', 'when', 'signals', 'because']);
  return {
    activity: activityNameIn(fields.activity),
    conditions: isGiven(fields.when) ? itemsOf(fields.when).map(conditionIn) : [],
    signals: itemsOf(fields.signals).map(signalIn),
    because: textIn(fields.because),
  };
}

function activityNameIn(place: Place): string {
  const name = textIn(place);
  if (name !== '' && !/^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(name)) {
    fault(place, 'must be lower-case words joined by dots, as in order.completed');
  }
  return name;
}

function signalIn(place: Place): SignalRule {
  const fields = fieldsOf(place, ['element', 'weight', 'valence']);
  return {
    element: wordIn(fields.element, elements),
    weight: numberIn(fields.weight, weight),
    valence: valenceIn(fields.valence),
  };
}
