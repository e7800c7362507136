import type { Section } from '../benchmark.ts';
import { cpuMicros, eventsPerSecond, type Rate } from '../measure/rate.ts';
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
  return rates.flatMap(({ what, runs, target }): Row[] => {
    if (!target) return [];
    const [speed, cost] = [median(runs.map(eventsPerSecond)), median(runs.map(cpuMicros))];
    return [
      [
        what,
        `at least ${figure(target.eventsPerSecond)} events/s`,
        figure(speed),
        verdict(speed >= target.eventsPerSecond),
      ],
      [what, `at most ${figure(target.cpuMicros)} µs per event`, figure(cost), verdict(cost <= target.cpuMicros)],
    ];
  });
}

function ratioRows({ rates = [] }: Section, all: readonly Rate[]): Row[] {
  return rates.flatMap(({ what, runs, against, minRatio }): Row[] => {
    const raw = all.find((rate) => rate.what === against);
    if (!raw || minRatio === undefined) return [];
    const ratio = median(runs.map(eventsPerSecond)) / median(raw.runs.map(eventsPerSecond));
    const target = `at least ${figure(minRatio)} × ${raw.what}`;
    return [[what, target, `${figure(ratio)} ×`, verdict(ratio >= minRatio)]];
  });
}

function readingRows({ title, readings = [] }: Section): Row[] {
  return readings.flatMap(({ what, unit, values, target }): Row[] => {
    if (target === undefined) return [];
    const measured = median(values);
    return [[`${title}: ${what}`, `at most ${figure(target)} ${unit}`, figure(measured), verdict(measured <= target)]];
  });
}
