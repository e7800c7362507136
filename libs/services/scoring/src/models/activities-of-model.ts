import { vocabulary } from '@sestante/contracts';
import { type ActivityDescription, describe, type Element, type Model, type RuleDocument } from '@sestante/engagement';

/** What a model makes of an activity. */
export interface ActivityOfModel {
  readonly activity: string;
  /** False for a custom activity. */
  readonly isInVocabulary: boolean;
  readonly isPurchase: boolean;
  /** The elements that it can move; empty if the model makes nothing of it. */
  readonly elements: readonly Element[];
  readonly rules: readonly (Omit<RuleDocument, 'activity'> & { readonly rule: number })[];
}

const nothing = { isPurchase: false, elements: [], rules: [] };

/** Every activity of the vocabulary in its order, then the custom activities that the model reads. */
export function activitiesOf(model: Model): ActivityOfModel[] {
  const described = new Map(describe(model).map((one) => [one.activity, one]));
  const custom = [...described.keys()].filter((name) => !Object.hasOwn(vocabulary, name));
  return [...Object.keys(vocabulary), ...custom].map((activity) => ({
    isInVocabulary: Object.hasOwn(vocabulary, activity),
    ...toResult(described.get(activity) ?? { ...nothing, activity }),
  }));
}

function toResult({ activity, isPurchase, elements, rules }: ActivityDescription) {
  return {
    activity,
    isPurchase,
    elements,
    rules: rules.map(({ rule, document: { activity: _, ...rest } }) => ({ rule, ...rest })),
  };
}
