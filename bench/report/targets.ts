import type { Section } from '../benchmark.ts';
import { cpuMicros, eventsPerSecond, type Rate } from '../measure/rate.ts';
import { median } from '../measure/statistics.ts';
import { figure, verdict } from './figures.ts';
import { table } from './table.ts';

type Row = readonly [what: string, floor: string, measured: string, verdict: string];

/** What was demanded, what was measured, and whether that is enough. Empty when nothing of it was measured. */
export function floorsTable(sections: readonly Section[]): string {
  const all = sections.flatMap(({ rates = [] }) => rates);
  const rows = sections.flatMap((section) => [
    ...rateRows(section),
    ...ratioRows(section, all),
    ...readingRows(section),
  ]);
  return rows.length === 0 ? '' : table([['', 'floor', 'measured', ''], ...rows]);
}

function rateRows({ rates = [] }: Section): Row[] {
  return rates.flatMap(({ what, runs, floor }): Row[] => {
    if (!floor) return [];
    const [speed, cost] = [median(runs.map(eventsPerSecond)), median(runs.map(cpuMicros))];
    return [
      [
        what,
        `at least ${figure(floor.eventsPerSecond)} events/s`,
        figure(speed),
        verdict(speed >= floor.eventsPerSecond),
      ],
      [what, `at most ${figure(floor.cpuMicros)} µs an event`, figure(cost), verdict(cost <= floor.cpuMicros)],
    ];
  });
}

function ratioRows({ rates = [] }: Section, all: readonly Rate[]): Row[] {
  return rates.flatMap(({ what, runs, against, leastRatio }): Row[] => {
    const raw = all.find((rate) => rate.what === against);
    if (!raw || leastRatio === undefined) return [];
    const ratio = median(runs.map(eventsPerSecond)) / median(raw.runs.map(eventsPerSecond));
    const floor = `at least ${figure(leastRatio)} × ${raw.what}`;
    return [[what, floor, `${figure(ratio)} ×`, verdict(ratio >= leastRatio)]];
  });
}

function readingRows({ title, readings = [] }: Section): Row[] {
  return readings.flatMap(({ what, unit, values, floor }): Row[] => {
    if (floor === undefined) return [];
    const measured = median(values);
    return [[`${title}: ${what}`, `at most ${figure(floor)} ${unit}`, figure(measured), verdict(measured <= floor)]];
  });
}
