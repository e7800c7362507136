import fc from 'fast-check';
import { fromSchema } from '../values/from-schema.ts';
import { oddText } from '../values/odd-values.ts';
import type { Api, Route } from './api.ts';

type Query = Readonly<Record<string, string>>;

/** Query parameters: documented ones with valid and invalid values, and unknown ones. */
export function queriesOf({ parameters }: Route, { find }: Api): fc.Arbitrary<Query> {
  // A corrected file removes rejected lines, which the responses do not count.
  const own = parameters.filter((parameter) => parameter.in === 'query' && parameter.name !== 'corrected');
  const values = own.map(({ name, schema }): [string, fc.Arbitrary<string>] => [
    name,
    fc.oneof({ weight: 4, arbitrary: fromSchema(schema, find).map(String) }, { weight: 1, arbitrary: oddText }),
  ]);
  const known = fc.record(Object.fromEntries(values), { requiredKeys: [] }) as fc.Arbitrary<Query>;
  return fc.oneof(
    // With many parameters, at least one is nearly always invalid.
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 9, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, unknown).map(([one, other]) => ({ ...one, ...other })) },
  );
}

const unknown: fc.Arbitrary<Query> = fc.dictionary(
  fc.constantFrom('a', '__proto__', 'limit[]', 'access_token', 'writeKey'),
  oddText,
  { maxKeys: 2 },
);
