import { addFault, choiceIn, fieldsOf, isGiven, isObject, itemsOf, type JsonNode } from '@sestante/rules';
import type { Activity } from '../activity.ts';
import { activityNameIn, becauseIn } from '../document/leaf.ts';
import type { Because } from '../document/model-document.ts';
import { type Element, elements } from '../element.ts';
import type { Signal } from '../evidence.ts';
import { amountOf } from './amount.ts';
import { type Condition, conditionIn } from './condition.ts';
import { againIn, type Matters, oncePerIn } from './matter.ts';
import type { NumberReader } from './number.ts';
import { type Property, propertyIn } from './property.ts';
import { type Valence, valenceIn } from './valence.ts';
import { weightIn } from './weight.ts';

/** A compiled `RuleDocument`. */
export interface Rule {
  /** In the model document. */
  readonly index: number;
  readonly activity: string;
  readonly condition: Condition | undefined;
  readonly matters: Matters | undefined;
  /** Whether it may read a property of the activity. */
  readonly readsProperties: boolean;
  readonly signals: readonly SignalRule[];
  readonly because: Because;
}

interface SignalRule {
  readonly element: Element;
  readonly weight: NumberReader;
  readonly valence: Valence;
  readonly amount: Property | undefined;
  /** Whether it reads nothing of the activity. */
  readonly isConstant: boolean;
}

const mostSignals = 20;

/** The signals of the rule for this activity: none if the rule does not apply, or if a property that it needs is missing. */
export function applyRule(rule: Rule, activity: Activity): readonly Signal[] {
  if (rule.condition !== undefined && !rule.condition(activity)) return [];
  const key = rule.matters?.keyOf(activity);
  if (key === undefined && rule.matters?.kind === 'again') return [];
  const signals: Signal[] = [];
  for (const { element, weight, valence, amount } of rule.signals) {
    const [read, good] = [weight(activity), valence(activity)];
    if (read === undefined || good === undefined) return [];
    const money = amount === undefined ? undefined : amountOf(amount, activity.properties);
    if (read === 0 || money === 0) continue;
    const signal: { -readonly [Name in keyof Signal]: Signal[Name] } = {
      element,
      weight: read,
      valence: good,
      rule: rule.index,
    };
    if (money !== undefined) signal.amount = money;
    if (rule.matters !== undefined && key !== undefined) signal[rule.matters.kind] = key;
    if (rule.matters?.inOtherChannel) signal.inOtherChannel = true;
    signals.push(signal);
  }
  return signals;
}

/** Compiles a `RuleDocument`. */
export function ruleIn(node: JsonNode, index: number): Rule {
  const fields = fieldsOf(node, ['activity', 'when', 'oncePer', 'again', 'signals', 'because']);
  if (isGiven(fields.oncePer) && isGiven(fields.again)) addFault(fields.again, 'must not be together with oncePer');
  const matters = mattersIn(fields);
  const signals = itemsOf(fields.signals, mostSignals).map(signalIn);
  const isOfConstants = !isGiven(fields.when) && !matters?.readsProperty && signals.every((one) => one.isConstant);
  return {
    index,
    activity: activityNameIn(fields.activity),
    condition: isGiven(fields.when) ? conditionIn(fields.when) : undefined,
    matters,
    readsProperties: !isOfConstants,
    signals,
    because: becauseIn(fields.because),
  };
}

function mattersIn(fields: Readonly<Record<'oncePer' | 'again', JsonNode>>): Matters | undefined {
  if (isGiven(fields.oncePer)) return oncePerIn(fields.oncePer);
  return isGiven(fields.again) ? againIn(fields.again) : undefined;
}

function signalIn(node: JsonNode): SignalRule {
  const fields = fieldsOf(node, ['element', 'weight', 'valence', 'amount']);
  return {
    element: choiceIn(fields.element, elements),
    weight: weightIn(fields.weight),
    valence: valenceIn(fields.valence),
    amount: isGiven(fields.amount) ? propertyIn(fields.amount) : undefined,
    isConstant: !isGiven(fields.amount) && !isObject(fields.weight.value) && !isObject(fields.valence.value),
  };
}
