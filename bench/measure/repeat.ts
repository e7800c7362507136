import type { Context } from '../benchmark.ts';
import { cpuMicros, eventsPerSecond, type Rate, type Run } from './rate.ts';

type Once = (run: number) => Promise<Run>;

/** One of several rates that are measured in turns. */
interface Turn {
  readonly rate: Omit<Rate, 'runs'>;
  readonly once: Once;
}

/** Measures a rate as often as the context says. */
export async function repeat(context: Context, rate: Omit<Rate, 'runs'>, once: Once): Promise<Rate> {
  const [measured] = await repeatInTurns(context, [{ rate, once }]);
  return measured!;
}

/** Measures several rates in turns: whatever else the machine does falls upon all of them. */
export async function repeatInTurns(context: Context, turns: readonly Turn[]): Promise<Rate[]> {
  const rates = turns.map(({ rate, once }) => ({ ...rate, once, runs: [] as Run[] }));
  for (let number = 1; number <= context.runs; number += 1) {
    for (const { what, once, runs } of rates) {
      const run = await once(number);
      runs.push(run);
      const [speed, cost] = [Math.round(eventsPerSecond(run)), Math.round(cpuMicros(run))];
      context.say(`  ${what}, ${number} of ${context.runs}: ${speed} events/s, ${cost} µs CPU an event`);
    }
  }
  return rates.map(({ once: _, ...rate }) => rate);
}

/** The same for readings, several of which come out of one run: one list of values for each place. */
export async function repeatReadings<T extends string>(
  context: Context,
  once: (run: number) => Promise<Record<T, number>>,
): Promise<Record<T, number[]>> {
  const values: Partial<Record<T, number[]>> = {};
  for (let number = 1; number <= context.runs; number += 1) {
    const read = await once(number);
    const entries = Object.entries(read) as [T, number][];
    for (const [name, value] of entries) (values[name] ??= []).push(value);
    context.say(`  ${number} of ${context.runs}: ${entries.map(([name, v]) => `${name} ${v.toFixed(1)}`).join(', ')}`);
  }
  return values as Record<T, number[]>;
}
