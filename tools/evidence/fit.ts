import { fitRhythm, type FittedRhythm, type Model } from '@sestante/engagement';
import { count } from '../sestante/status-line.ts';
import { before, type Household } from './households.ts';
import { dayOf, decimals } from './markdown.ts';
import { measureStops } from './measure-stops.ts';
import { dayMs, splitsBefore } from './stops.ts';

/** The most likely rhythm of the households, from the baskets before an instant. */
export function fittedRhythm(households: readonly Household[], instant: number): FittedRhythm {
  const known = households.map((household) => before(household, instant)).filter(({ baskets }) => baskets.length > 0);
  return fitRhythm(known.map(({ baskets }) => ({ purchases: baskets.length, days: (instant - baskets[0]!) / dayMs })));
}

/** The lines that `--fit` prints: parameters and figures that know nothing of the held-out weeks. */
export function fitReport(
  households: readonly Household[],
  models: readonly Model[],
  options: { at: number; seed: number },
): string {
  const { heldOut, chosenOn } = splitsBefore(options.at);
  const { shape, rateDays, logLikelihood } = fittedRhythm(households, heldOut.at);
  const { active, stopped, predictors } = measureStops(households, models, { split: chosenOn, seed: options.seed });
  return [
    `Rhythm of the baskets before ${dayOf(heldOut.at)}: shape ${decimals(shape, 3)}, rateDays ${decimals(rateDays, 2)} (log likelihood ${decimals(logLikelihood, 1)})`,
    `From ${dayOf(chosenOn.at)} to ${dayOf(chosenOn.until)}, ${count(stopped)} of ${count(active)} active households stop. AUC:`,
    ...predictors.map(({ name, auc }) => `  ${decimals(auc, 3)}  ${name}`),
  ].join('\n');
}
