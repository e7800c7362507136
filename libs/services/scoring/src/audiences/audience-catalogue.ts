import {
  attributeFields,
  audienceField,
  type Catalogue,
  catalogueOf,
  consentFields,
  loyalField,
  presenceFields,
  scoreFields,
} from '@sestante/rules';

/** What the rule of an audience may ask for: the fields of the read model, and other audiences. */
export const audienceCatalogue: Catalogue = catalogueOf([
  ...scoreFields,
  loyalField,
  ...presenceFields,
  ...consentFields,
  ...attributeFields(),
  audienceField,
]);
