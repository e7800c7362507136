import { count } from '../sestante/status-line.ts';
import { dayOf, decimals, table } from './markdown.ts';
import type { SplitFigures } from './measure-stops.ts';

/** Who stops: the figures of the held-out weeks, and those of the weeks on which the model was chosen. */
export function stopsSection(heldOut: SplitFigures, chosenOn: SplitFigures): string {
  return `## Who stops

Of the households with a basket in the twelve weeks before the split, those without a basket in the twelve weeks after it have stopped. The scores
know only what happened before the split. The AUC is the chance that a household that stops has a lower number than one that does not; in brackets
its 95 % interval by bootstrap. Parameters were chosen on the earlier split; the held-out weeks were only looked at afterwards.

${splitTable('Held out', heldOut)}

${splitTable('Chosen on', chosenOn)}
`;
}

function splitTable(title: string, { split, active, stopped, predictors }: SplitFigures): string {
  const rows = predictors.map(({ name, auc, interval: [low, high] }) => {
    return [name, `${decimals(auc, 3)} (${decimals(low, 3)} to ${decimals(high, 3)})`];
  });
  const period = `${dayOf(split.at)} to ${dayOf(split.until)}: ${count(stopped)} of ${count(active)} stop`;
  return table([[`${title}, ${period}`, 'AUC'], ...rows]);
}
