import {
  attributeFields,
  audienceField,
  consentFields,
  type Field,
  loyalField,
  presenceFields,
  scoreFields,
} from '@sestante/rules';

/** What rules over many customers may ask for, by the groups in which an editor shows the fields. */
export const customerFieldGroups = {
  score: [...scoreFields, loyalField],
  activity: presenceFields,
  attribute: attributeFields(),
  consent: consentFields,
  audience: [audienceField],
} as const satisfies Readonly<Record<string, readonly Field[]>>;

export const fieldGroups = Object.keys(customerFieldGroups) as (keyof typeof customerFieldGroups)[];
