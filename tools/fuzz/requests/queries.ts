import fc from 'fast-check';
import { fromSchema } from '../values/from-schema.ts';
import { oddText } from '../values/odd-values.ts';
import type { Api, Route } from './api.ts';

type Query = Readonly<Record<string, string>>;

/** Parameters of the query, some of them wrong, some unknown. */
export function queriesOf({ parameters }: Route, { find }: Api): fc.Arbitrary<Query> {
  // A mended file takes rejected lines away: nobody could count them by the answers.
  const own = parameters.filter((parameter) => parameter.in === 'query' && parameter.name !== 'mended');
  const values = own.map(({ name, schema }): [string, fc.Arbitrary<string>] => [
    name,
    fc.oneof({ weight: 4, arbitrary: fromSchema(schema, find).map(String) }, { weight: 1, arbitrary: oddText }),
  ]);
  const known = fc.record(Object.fromEntries(values), { requiredKeys: [] }) as fc.Arbitrary<Query>;
  return fc.oneof(
    // Of many parameters, one is wrong nearly always.
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
