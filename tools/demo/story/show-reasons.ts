import type { Explanation } from './answers.ts';
import { paint } from './paint.ts';
import { spelt, whenOf } from './words.ts';

const most = 5;

/** A score as the sum that it is: where everybody begins, what moved it most, all the rest, and the result. */
export function showReasons({ base, score, contributions }: Explanation, now: number): string[] {
  if (score === null) return ['  nothing is known of it yet'];
  const rest = contributions.slice(most);
  const sumOfRest = rest.reduce((sum, { contribution }) => sum + contribution, 0);
  return [
    `  ${base.toFixed(1).padStart(6)}  where everybody begins`,
    ...contributions
      .slice(0, most)
      .map(
        ({ name, at, contribution }) => `  ${points(contribution)}  ${spelt(name)}, ${paint('dim', whenOf(at, now))}`,
      ),
    ...(rest.length > 0 ? [`  ${points(sumOfRest)}  ${rest.length} more`] : []),
    paint('bold', `  ${score.toFixed(1).padStart(6)}  in all`),
  ];
}

function points(contribution: number): string {
  const text = `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(1)}`.padStart(6);
  return paint(contribution < 0 ? 'red' : 'green', text);
}
