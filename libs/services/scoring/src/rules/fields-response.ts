import { operandKinds, operators, type FieldType } from '@sestante/rules';
import { type Static, Type } from 'typebox';
import { fieldGroups } from './customer-fields.ts';

const types: FieldType[] = ['number', 'text', 'boolean', 'instant', 'texts', 'any', 'membership'];

/** The fields that rules over customers may ask for. */
export const FieldsResponse = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          name: Type.String({ description: 'The `field` of a leaf.' }),
          type: Type.Enum(types),
          group: Type.Enum(fieldGroups, { description: 'With which other fields an editor shows it.' }),
          operators: Type.Array(
            Type.Object({
              operator: Type.Enum([...operators]),
              value: Type.Enum([...operandKinds], {
                description:
                  'What the `value` of the leaf must be. `days`: a whole number of days. `id`, `ids`: UUIDs of audiences. `none`: a leaf without `value`.',
              }),
            }),
          ),
          choices: Type.Optional(
            Type.Array(Type.String(), { description: 'The texts that the field can have; absent if any.' }),
          ),
          range: Type.Optional(
            Type.Array(Type.Number(), {
              minItems: 2,
              maxItems: 2,
              description: 'The least and the greatest number that the field can have; absent if any.',
            }),
          ),
        },
        { $id: 'RuleField' },
      ),
    ),
  },
  { $id: 'RuleFields' },
);
export type FieldsResponse = Static<typeof FieldsResponse>;
