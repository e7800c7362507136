/**
 * The type of a field. `any`: a property of an activity, which may be a number, a text, true or false in each activity.
 * `membership`: what the customer belongs to, as a list of UUIDs.
 */
export type FieldType = 'number' | 'text' | 'boolean' | 'instant' | 'texts' | 'any' | 'membership';

/** A field that rules may ask for. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** The texts that the field can have; any text if absent. */
  readonly choices?: readonly string[];
  /** The numbers that the field can have, both included; any number if absent. */
  readonly range?: readonly [least: number, most: number];
  /** For a property of the activity: the names from the properties down to it. */
  readonly property?: readonly string[];
  /** For a count of activities: which activity, and within how many days before now; all that are kept if absent. */
  readonly counted?: { readonly activity: string; readonly days?: number };
  /** For the last instant of an activity: its name. */
  readonly lastOf?: string;
}

/** Finds a field by its name; undefined if rules may not ask for it. */
export type Catalogue = (name: string) => Field | undefined;

/** A catalogue of fields with fixed names. */
export function catalogueOf(fields: readonly Field[]): Catalogue {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return (name) => byName.get(name);
}

/** The fields of all of the catalogues. */
export function union(...catalogues: readonly Catalogue[]): Catalogue {
  return (name) => {
    for (const catalogue of catalogues) {
      const field = catalogue(name);
      if (field !== undefined) return field;
    }
    return undefined;
  };
}
