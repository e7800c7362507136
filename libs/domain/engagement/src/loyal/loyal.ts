import { check, type Checked, type RuleDocument } from '@sestante/rules';
import type { Because } from '../document/model-document.ts';
import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import { customerFields, knownAt } from './customer-fields.ts';

/** Whether a customer is loyal by the definition of the model, and why. */
export interface Loyalty {
  readonly isLoyal: boolean;
  /** The parts of the definition: those of `all`, or the one that it consists of. The customer is loyal if all of them hold. */
  readonly conditions: LoyalCondition[];
  readonly because: Because;
}

export interface LoyalCondition {
  /** In the definition, for example `all[0]`; empty for the definition itself. */
  readonly place: string;
  readonly rule: RuleDocument;
  readonly holds: boolean;
  /** The fields that it asks, with the customer's values; null without a value. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Whether the customer is loyal at an instant, in milliseconds since 1970; null if the model has no definition. */
export function loyal(model: Model, state: State, at: number): Loyalty | null {
  if (model.loyal === undefined) return null;
  const { rule, because } = model.loyal;
  const document = model.document.loyal!.when;
  const known = knownAt(model, state, at);
  const checked = check(rule, ({ name }) => customerFields.get(name)?.(known), at);
  const conditions: LoyalCondition[] =
    checked.kind === 'all' && 'all' in document
      ? checked.parts.map((part, index) => conditionOf(part, document.all[index]!, `all[${index}]`))
      : [conditionOf(checked, document, '')];
  return { isLoyal: checked.holds, conditions, because };
}

function conditionOf(checked: Checked, rule: RuleDocument, place: string): LoyalCondition {
  return { place, rule, holds: checked.holds, values: Object.fromEntries(valuesIn(checked)) };
}

function valuesIn(checked: Checked): (readonly [string, unknown])[] {
  if (checked.kind === 'leaf') return [[checked.leaf.field.name, checked.value ?? null]];
  return checked.parts.flatMap(valuesIn);
}
