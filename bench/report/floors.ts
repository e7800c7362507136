import type { Section } from '../benchmark.ts';
import { cpuMicros, eventsPerSecond } from '../measure/rate.ts';
import { median } from '../measure/statistics.ts';
import { figure, verdict } from './figures.ts';
import { table } from './table.ts';

type Row = readonly [what: string, floor: string, measured: string, verdict: string];

/** What was demanded, what was measured, and whether that is enough. Empty when nothing of it was measured. */
export function floorsTable(sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => [...rateRows(section), ...readingRows(section)]);
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

function readingRows({ title, readings = [] }: Section): Row[] {
  return readings.flatMap(({ what, unit, values, floor }): Row[] => {
    if (floor === undefined) return [];
    const measured = median(values);
    return [[`${title}: ${what}`, `at most ${figure(floor)} ${unit}`, figure(measured), verdict(measured <= floor)]];
  });
}
