import type { FieldType } from '../fields/field.ts';

/** Where SQL finds the value of a field. Null, or for `any` the JSON null, if it has no value. */
export type Column = ValueColumn | MembershipColumn;

/**
 * An expression of a value: double precision for `number`, text, boolean, timestamptz for `instant`, text[] for `texts`, jsonb for `any`.
 * A field of any type but `instant` may be found in a column of type `any`, too: a value of another type than the field's does not match.
 */
export interface ValueColumn {
  readonly type: Exclude<FieldType, 'membership'>;
  readonly sql: string;
}

/** A condition: whether the row belongs to at least one of the ids in `ids`, which is an expression of type text[]. */
export interface MembershipColumn {
  readonly type: 'membership';
  readonly sql: (ids: string) => string;
}

/** Finds the column of a field by its name. It is trusted: what it returns becomes part of the statement. */
export type ColumnOf = (fieldName: string) => Column;
