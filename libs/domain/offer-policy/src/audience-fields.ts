import { activityCatalogue, catalogueOf, consentFields, type Field, scoreFields, union } from '@sestante/rules';
import type { CustomerView, ElementScore } from './customer.ts';
import { elements } from './element.ts';
import type { Situation } from './situation.ts';
import { media } from './template.ts';

type Consents = CustomerView['consent'];

const scores = catalogueOf(scoreFields);

/** What an audience may ask for: scores and consents of the customer, and the name, channel and properties of the cause. */
export const audienceFields = union(scores, catalogueOf(consentFields), activityCatalogue);

/** Whether a field is a score, which is used only with consent to personalisation. */
export function isScore({ name }: Field): boolean {
  return scores(name) !== undefined;
}

type Read = (situation: Situation) => unknown;

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ...elements.flatMap((element) =>
    (['bond', 'mood', 'drop', 'confidence'] satisfies (keyof ElementScore)[]).map((part): [string, Read] => [
      `${element}.${part}`,
      ({ customer }) => customer.scores[element][part],
    ]),
  ),
  ['overall', ({ customer }) => customer.overall],
  ...(['offers', 'personalisation', 'measurement'] satisfies (keyof Consents)[]).map((purpose): [string, Read] => [
    `consents.${purpose}`,
    ({ customer }) => customer.consent[purpose],
  ]),
  ...media.map((medium): [string, Read] => [
    `consents.${medium}`,
    ({ customer }) => customer.channels[medium] ?? 'unknown',
  ]),
  ['activity.name', ({ cause }) => cause.name],
  ['activity.channel', ({ cause }) => cause.channel],
]);

/** The value of a field of `audienceFields` in a situation; undefined if it has none. */
export function valueIn(situation: Situation, { name, property }: Field): unknown {
  if (property === undefined) return readers.get(name)?.(situation);
  return property.reduce(inside, situation.cause.properties);
}

/** Own properties only: inherited names such as `constructor` are not found. */
function inside(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
