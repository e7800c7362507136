import type { Field } from './field.ts';

/** The attributes of customers that rules may ask for. None of them identifies a person. */
const fieldsOfAttributes = [
  { name: 'attributes.country', type: 'text' },
  { name: 'attributes.region', type: 'text' },
  { name: 'attributes.language', type: 'text' },
  { name: 'attributes.birthDecade', type: 'number', range: [1880, 2100] },
  { name: 'attributes.tier', type: 'text' },
  { name: 'attributes.tags', type: 'texts' },
] as const satisfies readonly Field[];

/** The names of the attributes: `country`, `region`, `language`, `birthDecade`, `tier`, `tags`. */
export const attributeNames: readonly string[] = fieldsOfAttributes.map(({ name }) => nameIn(name));

/** The fields `attributes.<name>` of these attributes. A name that is no attribute gives no field. */
export function attributeFields(names: readonly string[] = attributeNames): readonly Field[] {
  return fieldsOfAttributes.filter(({ name }) => names.includes(nameIn(name)));
}

function nameIn(fieldName: string): string {
  return fieldName.slice('attributes.'.length);
}
