import { bar } from '../../sestante/status-line.ts';
import { elements, type Scores } from './answers.ts';
import { paint } from './paint.ts';

const cells = 20;

/** The six scores with bars for bond and mood, and the mood `before` if it has changed. */
export function showScores({ overall, elements: scores }: Scores, before: Scores): string[] {
  const head = `${' '.repeat(13)}${'bond (months)'.padEnd(cells + 7)}mood (days)`;
  const lines = elements.map((element) => {
    const { bond, mood } = scores[element];
    return `  ${element.padEnd(11)}${score(bond)}   ${score(mood)}   ${trend(before.elements[element].mood, mood)}`.trimEnd();
  });
  return [paint('dim', head), ...lines, `  ${'overall'.padEnd(11)}${score(overall)}`];
}

function score(points: number | null): string {
  if (points === null) return paint('dim', 'not enough evidence'.padEnd(cells + 4));
  const colour = points >= 60 ? 'green' : points >= 45 ? 'yellow' : 'red';
  return `${paint(colour, bar(points / 100, cells))} ${points.toFixed(0).padStart(3)}`;
}

function trend(from: number | null, to: number | null): string {
  const [was, is] = [Math.round(from ?? 0), Math.round(to ?? 0)];
  if (from === null || was === is) return '';
  return is < was ? paint('red', `▼ from ${was}`) : paint('green', `▲ from ${was}`);
}
