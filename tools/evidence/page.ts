import { count } from '../sestante/status-line.ts';
import { elementsSection } from './elements-section.ts';
import { explanationSection } from './explanation-section.ts';
import { loyalSection } from './loyal-section.ts';
import { dayOf } from './markdown.ts';
import type { ScoreFigures } from './measure-scores.ts';
import type { SplitFigures } from './measure-stops.ts';
import { silenceSection } from './silence-section.ts';
import { stopsSection } from './stops-section.ts';
import { type VariantFigures, variantsSection } from './variants-section.ts';
import { summarySection } from './summary-section.ts';

/** All that the page shows. */
export interface Figures {
  /** The name of the folder with the data. */
  readonly name: string;
  readonly at: number;
  readonly seed: number;
  readonly activities: number;
  readonly households: number;
  readonly models: readonly ScoreFigures[];
  readonly heldOut: SplitFigures;
  readonly chosenOn: SplitFigures;
  /** Whose scores are explained; undefined for the most frequent of the most silent households. */
  readonly household: string | undefined;
  readonly variants: readonly VariantFigures[];
}

/** The page in Markdown: the same for the same data, models and seed. */
export function pageOf(figures: Figures): string {
  const { name, at, seed, models, heldOut, chosenOn } = figures;
  const data = `${count(figures.activities)} activities of ${count(figures.households)} households`;
  return [
    `<!-- Written by npm run evidence -- <folder>: do not edit. -->\n\n# Evidence: ${name}\n`,
    `Scores at ${dayOf(at)}, 00:00 UTC, from ${data}. The data are not part of the project. Seed of the bootstrap: ${seed}.\n`,
    `${summarySection(models, heldOut)}\n`,
    stopsSection(heldOut, chosenOn),
    silenceSection(models),
    loyalSection(models),
    elementsSection(models),
    variantsSection(figures.variants),
    explanationSection(models, figures.household),
  ].join('\n');
}
