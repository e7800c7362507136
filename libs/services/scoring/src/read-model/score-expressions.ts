import { channels, type Element, elements, factorSince, type Model } from '@sestante/engagement';
import { type Column, toSql } from '@sestante/rules';
import { channelBit } from '../store/score-columns.ts';
import { elementSql, type ElementSql, ifPurchase, type Instant, numberSql, silenceSql } from './element-sql.ts';

/** The rows of a model. */
export interface ScoreRows {
  readonly modelId: number;
  readonly model: Model;
  /** See `score-tables.ts`. */
  readonly landmarkMs: number;
  readonly latestMs: number;
}

/** Expressions over `scoring.customer_score c` at one instant. */
export interface ScoreExpressions {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Part of the condition of every statement: it selects the rows of the model, and uses each of `values`. */
  readonly where: string;
  /** The first parameters of every statement, `$1` and following. The caller's own ones come after them. */
  readonly values: readonly unknown[];
  /** The columns of `elements`, as `elementSql` has them. */
  readonly elements: Readonly<Record<Element, ElementSql>>;
  /** Null for a model without a definition. */
  readonly loyal: string;
  /** The column of a field of a rule, by its name; undefined if the rows do not have it. */
  readonly columnOf: (fieldName: string) => Column | undefined;
}

const scoreParts = ['bond', 'mood', 'drop', 'confidence', 'evidence'] as const;

/**
 * The scores of all customers of a model at an instant, in milliseconds since 1970, as SQL: equal to `scoresAt` and `loyal` to 1e-9. For a customer whose latest evidence
 * is later, they are those at the latest evidence.
 */
export function scoreExpressions(rows: ScoreRows, at: number): ScoreExpressions {
  const { model, modelId, landmarkMs, latestMs } = rows;
  const { halfLives } = model;
  const unitOf = (scale: 'bond' | 'mood') => 1 / factorSince(halfLives[scale], landmarkMs, at);
  const instant = latestMs > at ? instantPerRow(rows) : sameInstant;
  const own = Object.fromEntries(elements.map((element) => [element, elementSql(model, element, instant)]));
  const byElement = own as Record<Element, ElementSql>;
  const fields = fieldsOf(model, byElement, instant);
  const isLoyal = model.loyal && toSql(model.loyal.rule, (name) => fields.get(name)!, at, firstOfLoyal);
  const loyal = isLoyal ? isLoyal.text : 'null::boolean';
  fields.set('loyal', { type: 'boolean', sql: loyal });
  const parameters = '$2::float8 + $3::float8 + $4::float8 is not null';
  return {
    at,
    where: `c.model_id = $1::smallint and (${parameters}) and (${loyal} or true)`,
    values: [modelId, at, unitOf('bond'), unitOf('mood'), ...(isLoyal?.values ?? [])],
    elements: byElement,
    loyal,
    columnOf: (name) => fields.get(name) ?? documentField(name),
  };
}

const firstOfLoyal = 5;
const sameInstant: Instant = { at: '$2::float8', unit: { bond: '$3::float8', mood: '$4::float8' } };

/** Some rows have evidence after the instant: they are read at their latest evidence. */
function instantPerRow({ model, landmarkMs }: ScoreRows): Instant {
  const unit = (scale: 'bond' | 'mood', parameter: string) => {
    const own = `power(2::float8, (c.latest_ms - ${numberSql(landmarkMs)}) / ${numberSql(model.halfLives[scale])})`;
    return `(case when c.latest_ms > $2::float8 then ${own} else ${parameter}::float8 end)`;
  };
  return { at: 'greatest($2::float8, c.latest_ms)', unit: { bond: unit('bond', '$3'), mood: unit('mood', '$4') } };
}

/** The fields that the definition of loyal may ask, and those of presence. */
function fieldsOf(model: Model, byElement: Record<Element, ElementSql>, instant: Instant): Map<string, Column> {
  const number = (sql: string): Column => ({ type: 'number', sql });
  const silence = model.rhythm && silenceSql(model.rhythm, instant);
  const purchase = (part: keyof NonNullable<typeof silence>) =>
    number(silence ? ifPurchase(silence[part]) : 'null::float8');
  return new Map<string, Column>([
    ...elements.flatMap((element) =>
      scoreParts.map((part) => [`${element}.${part}`, number(byElement[element][part])] as const),
    ),
    ['overall', number(overallSql(model, byElement))],
    ['channels', { type: 'texts', sql: channelsSql }],
    ['channels.count', number('bit_count(c.channels::int::bit(16))::float8')],
    ['purchases.count', number('c.purchases::float8')],
    ['purchases.usualDays', purchase('usualDays')],
    ['purchases.silentDays', purchase('silentDays')],
    ['purchases.chance', purchase('chance')],
    ['purchases.surprise', purchase('surprise')],
    ['firstSeenAt', { type: 'instant', sql: 'c.first_activity_at' }],
    ['lastSeenAt', { type: 'instant', sql: 'c.last_activity_at' }],
  ]);
}

/** The weighted geometric mean of the bonds: the product of powers. Elements with the same share have one power together. */
function overallSql({ priors, shares }: Model, byElement: Record<Element, ElementSql>): string {
  const bondOf = (element: Element) => `coalesce(${byElement[element].bond}, ${numberSql(100 * priors[element].base)})`;
  const powers = [...Map.groupBy(elements, (element) => shares[element])].map(
    ([share, those]) => `power(${those.map(bondOf).join(' * ')}, ${numberSql(share)})`,
  );
  const isKnown = elements.map((element) => byElement[element].isKnown).join(' or ');
  return `case when ${isKnown} then least(100, ${powers.join(' * ')}) end`;
}

const channelsSql = `array_remove(array[${channels
  .map((channel) => `case when c.channels & ${channelBit(channel)} > 0 then '${channel}' end`)
  .join(', ')}]::text[], null)`;

/** What profile tells about customers: their attributes and consents. A consent that was never given or denied is unknown. */
function documentField(name: string): Column | undefined {
  const [, kind, key] = /^(attributes|consents)\.([A-Za-z-]{1,40})$/.exec(name) ?? [];
  if (kind === 'attributes') return { type: 'any', sql: `c.attributes->'${key!}'` };
  if (kind === 'consents') return { type: 'text', sql: `coalesce(c.consents->>'${key!}', 'unknown')` };
  return undefined;
}
