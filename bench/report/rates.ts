import {
  calibratedMicros,
  cpuMicros,
  eventsPerSecond,
  loadMicros,
  partMicros,
  type Rate,
  ratioOf,
} from '../measure/rate.ts';
import { median } from '../measure/statistics.ts';
import { figure, middle, spread } from './figures.ts';
import { table } from './table.ts';

const head = ['', 'events/s', 'spread', 'CPU µs per event', 'calibrated', 'spread', 'of which', 'load generator'];

/** The table of the rates of a chapter, and a table of their ratios to the baselines. */
export function ratesTable(rates: readonly Rate[], all: readonly Rate[]): string {
  const rows = rates.map((rate) => {
    const [speeds, costs] = [rate.runs.map(eventsPerSecond), rate.runs.map(calibratedMicros)];
    const parts = Object.entries(partMicros(rate)).map(([name, micros]) => `${name} ${figure(micros)}`);
    const load = median(rate.runs.map(loadMicros));
    return [
      rate.what,
      middle(speeds),
      spread(speeds),
      middle(rate.runs.map(cpuMicros)),
      middle(costs),
      spread(costs),
      parts.join(', '),
      load === 0 ? 'included' : figure(load),
    ];
  });
  const comparisons = rates.map((rate) => comparison(rate, all)).filter((found) => found !== undefined);
  return [table([head, ...rows]), ...(comparisons.length > 0 ? [comparisonsTable(comparisons)] : [])].join('\n\n');
}

type Comparison = readonly [what: string, against: string, speed: string, cost: string];

function comparison(rate: Rate, all: readonly Rate[]): Comparison | undefined {
  const raw = all.find(({ what }) => what === rate.against);
  if (!raw) return undefined;
  const [speed, cost] = [eventsPerSecond, calibratedMicros].map((quantity) => ratioOf(quantity, rate, raw));
  return [rate.what, raw.what, `${speed!.toFixed(2)} ×`, `${cost!.toFixed(2)} ×`];
}

function comparisonsTable(comparisons: readonly Comparison[]): string {
  return table([['', 'compared with', 'events/s', 'calibrated CPU'], ...comparisons]);
}
