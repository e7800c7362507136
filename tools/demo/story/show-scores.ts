import { bar } from '../../sestante/status-line.ts';
import { elements, type Scores } from './answers.ts';
import { paint } from './paint.ts';

const cells = 20;

/** The six scores, each as the bar of its bond and the bar of its mood, and by how much the mood has moved since `before`. */
export function showScores({ overall, elements: scores }: Scores, before: Scores): string[] {
  const head = `${' '.repeat(13)}${'bond (of months)'.padEnd(cells + 7)}mood (of days)`;
  const lines = elements.map((element) => {
    const { bond, mood } = scores[element];
    const moved = (mood ?? 0) - (before.elements[element].mood ?? mood ?? 0);
    return `  ${element.padEnd(11)}${score(bond)}   ${score(mood)}   ${trend(Math.round(moved))}`.trimEnd();
  });
  return [paint('dim', head), ...lines, `  ${'overall'.padEnd(11)}${score(overall)}`];
}

function score(points: number | null): string {
  if (points === null) return paint('dim', 'not enough evidence'.padEnd(cells + 4));
  const colour = points >= 60 ? 'green' : points >= 45 ? 'yellow' : 'red';
  return `${paint(colour, bar(points / 100, cells))} ${points.toFixed(0).padStart(3)}`;
}

function trend(points: number): string {
  if (points === 0) return '';
  return points < 0 ? paint('red', `▼ ${-points} today`) : paint('green', `▲ ${points} today`);
}
