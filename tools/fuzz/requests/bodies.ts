import fc from 'fast-check';
import type { Api, Route } from './api.ts';
import { fromSchema } from '../values/from-schema.ts';
import { mutated } from '../values/mutate.ts';
import { jsonOf } from '../values/raw-json.ts';
import { filesOf } from './files.ts';

type Fields = Readonly<Record<string, unknown>>;
/** The text of a body, with the fields of the proof if it is an object. */
export type Body = (proof: Fields) => string;
type Bodies = (route: Route) => fc.Arbitrary<Body>;

/** Bodies for routes: from the schema, from the example, and mutations of both. Files for routes that accept them. */
export function bodiesOf({ vocabulary, find }: Api): Bodies {
  const activities = fc.oneof(
    ...Object.entries(vocabulary).map(([event, schema]) =>
      fromSchema(schema, find).map((properties) => ({ event, properties })),
    ),
  );
  return ({ requestBody }) => {
    if (!requestBody) return fc.constant(() => 'null');
    const json = requestBody.content['application/json'];
    if (!json) return filesOf(activities).map((file) => () => file);
    const example = Object.values(json.examples ?? {})[0]?.value;
    const valid = Object.values(requestBody.content).map(({ schema }) => fromSchema(schema!, find));
    const good = fc
      .tuple(
        fc.oneof({ weight: 2, arbitrary: fc.constant(example) }, { weight: 1, arbitrary: fc.oneof(...valid) }),
        fc.array(fc.uuid(), { minLength: 5, maxLength: 5 }),
        fc.oneof(activities, fc.constant({})),
      )
      .map(([value, ids, activity]) => withFreshIds(value, [...ids], activity));
    const values = fc.oneof({ weight: 1, arbitrary: good }, { weight: 1, arbitrary: mutated(good) });
    return values.map((value) => (proof) => jsonOf(withProof(value, proof)));
  };
}

/** Replaces the ids and, in track events, the activity by one of the vocabulary, so that most events are valid. */
function withFreshIds(value: unknown, ids: string[], activity: Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => withFreshIds(item, ids, activity));
  if (typeof value !== 'object' || value === null) return value;
  if ('specversion' in value) return { ...value, id: ids.shift() };
  if ('SequenceNumber' in value) return { ...value, SequenceNumber: ids.shift() };
  if ('batch' in value) return { ...value, batch: withFreshIds(value.batch, ids, activity) };
  return 'userId' in value ? { ...value, messageId: ids.shift(), ...activity } : value;
}

function withProof(value: unknown, proof: Fields): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(proof).length > 0 ? { ...value, ...proof } : value;
}
