import {
  attributeFields,
  audienceField,
  consentFields,
  type Catalogue,
  catalogueOf,
  type Field,
  loyalField,
  presenceFields,
  purchaseFields,
  scoreFields,
} from '@sestante/rules';

/** What rules over many customers may ask for, by the groups in which an editor shows the fields. */
export const customerFieldGroups = {
  score: [...scoreFields, loyalField],
  activity: [...presenceFields, ...purchaseFields],
  attribute: attributeFields(),
  consent: consentFields,
  audience: [audienceField],
} as const satisfies Readonly<Record<string, readonly Field[]>>;

/** Every field that rules over many customers may ask for. */
export const customerRuleCatalogue: Catalogue = catalogueOf(Object.values(customerFieldGroups).flat());

export const fieldGroups = Object.keys(customerFieldGroups) as (keyof typeof customerFieldGroups)[];
