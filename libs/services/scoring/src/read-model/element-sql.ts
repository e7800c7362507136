import { channels, type Element, type Model, type Scale } from '@sestante/engagement';
import { evidenceColumn, outsideColumn, sumColumn } from '../store/score-columns.ts';

/** The parts of statements that are the same for all rows, as expressions: constants, or per row where the evidence is later than the instant. */
export interface Instant {
  /** The instant, in milliseconds since 1970. */
  readonly at: string;
  /** What one observation weighs at the landmark: 1 / `factorSince`. */
  readonly unit: Readonly<Record<Scale, string>>;
}

/** The scores of one element as expressions over a row `c`: double precision, null without evidence. */
export interface ElementSql {
  readonly bond: string;
  readonly mood: string;
  readonly drop: string;
  /** 0 without evidence. */
  readonly confidence: string;
  readonly evidence: string;
  /** Whether it has a score. */
  readonly isKnown: string;
}

const msPerDay = 86_400_000;
const isPresent = { purchase: `c.last_purchase_ms > '-infinity'`, spread: `c.${outsideColumn('bond')} is not null` };

/** The scores of an element: the formulas of `@sestante/engagement` (`scoresAt`), with all weights in units of the landmark. */
export function elementSql(model: Model, element: Element, instant: Instant): ElementSql {
  const hasSpread = element === 'coherence' && model.channelSpread !== undefined;
  const hasRhythm = model.rhythm !== undefined && model.rhythm.weights[element] > 0;
  const evidence = `c.${evidenceColumn(element)}`;
  const isKnown = [
    `${evidence} > 0`,
    ...(hasSpread ? [isPresent.spread] : []),
    ...(hasRhythm ? [isPresent.purchase] : []),
  ].join(' or ');
  const ifKnown = (sql: string, otherwise = 'null') => `case when ${isKnown} then ${sql} else ${otherwise} end`;
  const sums = (scale: Scale) => sumsSql(model, element, scale, instant);
  const [slow, quick] = [sums('bond'), sums('mood')];
  const [bond, mood] = [slow.score, quick.score];
  return {
    bond: ifKnown(bond),
    mood: ifKnown(mood),
    drop: ifKnown(`(${bond} * ${quick.weight} - 100 * ${quick.good}) / (${quick.prior} + ${quick.weight})`),
    confidence: ifKnown(`${slow.weight} / (${slow.prior} + ${slow.weight})`, '0'),
    evidence: `${evidence}::float8`,
    isKnown: `(${isKnown})`,
  };
}

/** The weight of the observations and its good part, and those of the prior. */
interface SumsSql {
  readonly weight: string;
  readonly good: string;
  readonly prior: string;
  /** From 0 to 100. */
  readonly score: string;
}

function sumsSql(model: Model, element: Element, scale: Scale, instant: Instant): SumsSql {
  const { prior, priorGood } = priorSql(model, element, instant.unit[scale]);
  const weights = [`c.${sumColumn(element, scale, 'weight')}`];
  const goods = [`c.${sumColumn(element, scale, 'good')}`];
  if (element === 'coherence' && model.channelSpread) {
    const spread = spreadSql(model, scale, { prior, priorGood }, instant);
    weights.push(spread.weight);
    goods.push(`${spread.weight} * ${spread.valence}`);
  }
  const observed = [prior, ...weights].join(' + ');
  const good = [priorGood, ...goods].join(' + ');
  if (!model.rhythm || model.rhythm.weights[element] === 0)
    return { weight: added(weights), good: added(goods), prior, score: `(100 * (${good}) / (${observed}))` };
  const { weight, valence } = rhythmSql(model.rhythm, element, scale, instant);
  // With the weight of the silence once, because it takes longer than all the rest: (G + w·v) / (K + w) = v + (G − v·K) / (K + w).
  const rest = `(${good} - ${valence} * (${observed})) / (${observed} + ${weight})`;
  return {
    weight: added([...weights, weight]),
    good: added([...goods, `${weight} * ${valence}`]),
    prior,
    score: `(100 * least(1, greatest(0, ${valence} + ${rest})))`,
  };
}

const added = (parts: readonly string[]) => `(${parts.join(' + ')})`;

/** The smallest part of a prior: below it, quotients would be too small for a number. */
const leastPrior = 1e-90;

interface PriorSql {
  readonly prior: string;
  readonly priorGood: string;
}

function priorSql(model: Model, element: Element, unit: string): PriorSql {
  const { base, strength } = model.priors[element];
  return {
    prior: `${numberSql(Math.max(strength, leastPrior))} * ${unit}`,
    priorGood: `${numberSql(Math.max(base * strength, leastPrior))} * ${unit}`,
  };
}

interface ObservationSql {
  readonly weight: string;
  readonly valence: string;
}

/**
 * The silence since the last purchase. The chance of it is e^−x with x = (shape + purchases − 1) · ln(1 + silent / observed). Postgres refuses results that
 * are too small for a number, so the surprise is at least 1e-14, and its power at least 1e-100; a valence below 1e-12 is 0.
 */
function rhythmSql(
  rhythm: NonNullable<Model['rhythm']>,
  element: Element,
  scale: Scale,
  instant: Instant,
): ObservationSql {
  const least = Math.max(1e-14, 10 ** (-100 / rhythm.sharpness));
  const surprise = `greatest(1 - ${silenceSql(rhythm, instant).chance}, ${numberSql(least)})`;
  const sharp = rhythm.sharpness === 1 ? surprise : `power(${surprise}, ${numberSql(rhythm.sharpness)})`;
  const weight = `${numberSql(rhythm.weights[element])} * ${instant.unit[scale]} * ${sharp}`;
  return {
    weight: `(case when ${isPresent.purchase} then ${weight} else 0 end)`,
    valence: numberSql(rhythm.valence < 1e-12 ? 0 : rhythm.valence),
  };
}

/** The parts of the silence of a customer with a purchase. */
export function silenceSql(rhythm: NonNullable<Model['rhythm']>, { at }: Instant) {
  const known = `(${numberSql(rhythm.shape)} + greatest(0, c.purchases - 1))`;
  const observed = `(${numberSql(rhythm.rateDays)} + (c.last_purchase_ms - c.first_purchase_ms) / ${msPerDay})`;
  const silentDays = `(greatest(0, ${at} - c.last_purchase_ms) / ${msPerDay})`;
  const chance = `exp(greatest(-700, -${known} * ln(1 + ${silentDays} / ${observed})))`;
  return { usualDays: `(${observed} / ${known})`, silentDays, chance, surprise: `(1 - ${chance})` };
}

export const ifPurchase = (sql: string): string => `case when ${isPresent.purchase} then ${sql} end`;

/** The spread between channels. The variance is the sum over all pairs: a difference of sums would lose the digits of a small one. */
function spreadSql(model: Model, scale: Scale, { prior, priorGood }: PriorSql, { unit }: Instant): ObservationSql {
  const weightOf = channels.map((channel) => `c.${sumColumn(channel, scale, 'weight')}`);
  const meanOf = channels.map(
    (channel, index) => `(${priorGood} + c.${sumColumn(channel, scale, 'good')}) / (${prior} + ${weightOf[index]!})`,
  );
  const pairs = channels.flatMap((_, one) =>
    channels.slice(one + 1).map((__, next) => {
      const other = one + 1 + next;
      const [weight, otherWeight] = [weightOf[one]!, weightOf[other]!];
      // Most customers meet two of the channels: the other pairs weigh nothing.
      return `case when ${weight} > 0 and ${otherWeight} > 0 then ${weight} * ${otherWeight} * power(${meanOf[one]!} - ${meanOf[other]!}, 2) else 0 end`;
    }),
  );
  const total = `(${weightOf.join(' + ')})`;
  const spread = `sqrt((${pairs.join(' + ')}) / power(${total}, 2))`;
  const outside = `c.${outsideColumn(scale)}`;
  const most = numberSql(model.channelSpread!.weight);
  const weight = `${most} * ${unit[scale]} * ${outside} / (${prior} + ${outside})`;
  return {
    weight: `(case when ${isPresent.spread} then ${weight} else 0 end)`,
    valence: `(case when ${outside} > 0 then greatest(0, 1 - 2 * ${spread}) else 1 end)`,
  };
}

/** A number of a model as a literal with all its digits. */
export const numberSql = (number: number): string => `${number}::float8`;
