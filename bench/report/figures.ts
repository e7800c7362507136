import { median } from '../measure/statistics.ts';

/** A number with about three significant digits: 12,300 · 230 · 42.1 · 0.31. */
export function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The median of the runs. */
export function middle(values: readonly number[]): string {
  return figure(median(values));
}

/** The minimum and the maximum of the runs; a dash for a single run. */
export function spread(values: readonly number[]): string {
  return values.length < 2 ? '–' : `${figure(Math.min(...values))} – ${figure(Math.max(...values))}`;
}

export const verdict = (isMet: boolean): string => (isMet ? 'met' : '**not met**');
