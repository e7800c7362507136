import type { RuleDocument } from '../document/model-document.ts';
import { type Element, elements } from '../element.ts';
import type { Model } from '../model/model.ts';

/** What a model makes of the activities of one name. */
export interface ActivityDescription {
  readonly activity: string;
  /** Whether it is a purchase for the rhythm and for the usual amount. */
  readonly isPurchase: boolean;
  /** The elements that it can move. */
  readonly elements: readonly Element[];
  readonly rules: readonly RuleDescription[];
}

export interface RuleDescription {
  /** The index of the rule in the model document. */
  readonly rule: number;
  /** The rule as it stands in the document. */
  readonly document: RuleDocument;
}

/** What the model makes of each activity that it names, by name. It makes nothing of any other activity. */
export function describe(model: Model): ActivityDescription[] {
  const names = new Set([...model.rulesOf.keys(), ...model.purchases.activities]);
  return [...names].sort().map((activity) => {
    const rules = model.rulesOf.get(activity) ?? [];
    const moved = new Set(rules.flatMap(({ signals }) => signals.map(({ element }) => element)));
    return {
      activity,
      isPurchase: model.purchases.activities.has(activity),
      elements: elements.filter((element) => moved.has(element)),
      rules: rules.map(({ index }) => ({ rule: index, document: model.document.rules[index]! })),
    };
  });
}
