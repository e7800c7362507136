import type { Section } from '../benchmark.ts';
import { calibratedMicros, eventsPerSecond, type Rate, ratioOf } from '../measure/rate.ts';
import { median } from '../measure/statistics.ts';
import { figure, verdict } from './figures.ts';
import { table } from './table.ts';

type Row = readonly [what: string, target: string, measured: string, verdict: string];

/** The table of targets, measurements and verdicts. Empty if nothing with a target was measured. */
export function targetsTable(sections: readonly Section[]): string {
  const all = sections.flatMap(({ rates = [] }) => rates);
  const rows = sections.flatMap((section) => [
    ...rateRows(section),
    ...ratioRows(section, all),
    ...readingRows(section),
  ]);
  return rows.length === 0 ? '' : table([['', 'target', 'measured', ''], ...rows]);
}

function rateRows({ rates = [] }: Section): Row[] {
  return rates.flatMap((rate) => [...minimumRows(rate), ...maximumRows(rate)]);
}

function minimumRows({ what, runs, minPerSecond }: Rate): Row[] {
  if (minPerSecond === undefined) return [];
  const speed = median(runs.map(eventsPerSecond));
  return [[what, `at least ${figure(minPerSecond)} events/s`, figure(speed), verdict(speed >= minPerSecond)]];
}

function maximumRows({ what, runs, maxMicros }: Rate): Row[] {
  if (maxMicros === undefined) return [];
  const cost = median(runs.map(calibratedMicros));
  return [[what, `at most ${figure(maxMicros)} calibrated µs per event`, figure(cost), verdict(cost <= maxMicros)]];
}

function ratioRows({ rates = [] }: Section, all: readonly Rate[]): Row[] {
  return rates.flatMap((rate) => {
    const other = all.find(({ what }) => what === rate.against);
    return other ? [...speedRows(rate, other), ...costRows(rate, other)] : [];
  });
}

function speedRows(rate: Rate, other: Rate): Row[] {
  const { what, minRatio } = rate;
  if (minRatio === undefined) return [];
  const ratio = ratioOf(eventsPerSecond, rate, other);
  return [[what, `at least ${figure(minRatio)} × ${other.what}`, `${figure(ratio)} ×`, verdict(ratio >= minRatio)]];
}

function costRows(rate: Rate, other: Rate): Row[] {
  const { what, maxCostRatio } = rate;
  if (maxCostRatio === undefined) return [];
  const ratio = ratioOf(calibratedMicros, rate, other);
  const target = `at most ${figure(maxCostRatio)} × the CPU of ${other.what}`;
  return [[what, target, `${figure(ratio)} ×`, verdict(ratio <= maxCostRatio)]];
}

function readingRows({ title, readings = [] }: Section): Row[] {
  return readings.flatMap(({ what, unit, values, target }): Row[] => {
    if (target === undefined) return [];
    const measured = median(values);
    return [[`${title}: ${what}`, `at most ${figure(target)} ${unit}`, figure(measured), verdict(measured <= target)]];
  });
}
