import type { Model } from '@sestante/engagement';
import type { HouseholdEvent } from '../replay/household-event.ts';
import { toHouseholds } from './households.ts';
import { measureScores } from './measure-scores.ts';
import { measureStops } from './measure-stops.ts';
import type { Options } from './options.ts';
import type { Figures } from './page.ts';
import { variantsOf } from './variants.ts';
import { dayMs, splitsBefore } from './stops.ts';

/** Measures the models on the events, which are sorted by time. */
export function measure(
  events: readonly HouseholdEvent[],
  models: readonly Model[],
  { name, ...options }: Pick<Options, 'at' | 'household' | 'seed'> & { readonly name: string },
): Figures {
  const at = options.at ?? lastMidnight(events);
  const households = toHouseholds(events);
  const { heldOut, chosenOn } = splitsBefore(at);
  const measured = (split: typeof heldOut) => measureStops(households, models, { split, seed: options.seed });
  return {
    name,
    at,
    seed: options.seed,
    activities: events.filter((event) => event.at < at).length,
    households: households.length,
    models: models.map((model) => measureScores(households, model, at)),
    heldOut: measured(heldOut),
    chosenOn: measured(chosenOn),
    household: options.household,
    variants: variantsOf(households, options.seed).map((variant) => ({
      name: variant.name,
      models: models.map((model) => measureScores(variant.households, model, at)),
      heldOut: measureStops(variant.households, models, { split: heldOut, seed: options.seed }),
    })),
  };
}

/** The last midnight (UTC) that is not later than the last event. */
export const lastMidnight = (events: readonly HouseholdEvent[]) => Math.floor(events.at(-1)!.at / dayMs) * dayMs;
