import { cpuMicros, eventsPerSecond, loadMicros, partMicros, type Rate } from '../measure/rate.ts';
import { median } from '../measure/statistics.ts';
import { figure, middle, spread } from './figures.ts';
import { table } from './table.ts';

const head = ['', 'events/s', 'spread', 'CPU µs per event', 'spread', 'of which', 'load generator'];

/** The table of the rates of a chapter, and a table of their ratios to the baselines. */
export function ratesTable(rates: readonly Rate[], all: readonly Rate[]): string {
  const rows = rates.map((rate) => {
    const [speeds, costs] = [rate.runs.map(eventsPerSecond), rate.runs.map(cpuMicros)];
    const parts = Object.entries(partMicros(rate)).map(([name, micros]) => `${name} ${figure(micros)}`);
    const load = median(rate.runs.map(loadMicros));
    return [
      rate.what,
      middle(speeds),
      spread(speeds),
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
  const ratio = (of: (run: Rate['runs'][number]) => number) => median(rate.runs.map(of)) / median(raw.runs.map(of));
  return [rate.what, raw.what, `${ratio(eventsPerSecond).toFixed(2)} ×`, `${ratio(cpuMicros).toFixed(1)} ×`];
}

function comparisonsTable(comparisons: readonly Comparison[]): string {
  return table([['', 'compared with', 'events/s', 'CPU'], ...comparisons]);
}
