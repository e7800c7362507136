import type { Explanation } from './answers.ts';
import { paint } from './paint.ts';
import { spaced, whenOf } from './format.ts';

const most = 5;

/** A score as a sum: the base, the largest contributions, the sum of the others, that of the activities before all of them, and the result. */
export function showReasons({ base, score, contributions, earlier }: Explanation, now: number): string[] {
  if (score === null) return ['  there is no evidence yet'];
  const rest = contributions.slice(most);
  const sumOfRest = rest.reduce((sum, { contribution }) => sum + contribution, 0);
  return [
    `  ${base.toFixed(1).padStart(6)}  base of every customer`,
    ...contributions
      .slice(0, most)
      .map(
        ({ name, at, contribution }) => `  ${points(contribution)}  ${spaced(name)}, ${paint('dim', whenOf(at, now))}`,
      ),
    ...(rest.length > 0 ? [`  ${points(sumOfRest)}  ${rest.length} more`] : []),
    ...(earlier ? [`  ${points(earlier.contribution)}  ${earlierOnes(earlier.activities)}`] : []),
    paint('bold', `  ${score.toFixed(1).padStart(6)}  total`),
  ];
}

const earlierOnes = (count: number) => (count === 1 ? '1 earlier activity' : `${count} earlier activities`);

function points(contribution: number): string {
  const text = `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(1)}`.padStart(6);
  return paint(contribution < 0 ? 'red' : 'green', text);
}
