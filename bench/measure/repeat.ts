import type { Context } from '../benchmark.ts';
import { calibratedMicros, cpuMicros, eventsPerSecond, type Rate, type Run } from './rate.ts';

type Once = (run: number) => Promise<Run>;

/** One of several rates that are measured alternately. */
interface Turn {
  readonly rate: Omit<Rate, 'runs'>;
  readonly once: Once;
}

/** Measures a rate `context.runs` times. */
export async function repeat(context: Context, rate: Omit<Rate, 'runs'>, once: Once): Promise<Rate> {
  const [measured] = await repeatInTurns(context, [{ rate, once }]);
  return measured!;
}

/** Measures several rates alternately, so that other load on the machine affects all of them. */
export async function repeatInTurns(context: Context, turns: readonly Turn[]): Promise<Rate[]> {
  const rates = turns.map(({ rate, once }) => ({ ...rate, once, runs: [] as Run[] }));
  for (let number = 1; number <= context.runs; number += 1) {
    for (const { what, once, runs } of rates) {
      const run = await once(number);
      runs.push(run);
      const [speed, raw, cost] = [eventsPerSecond(run), cpuMicros(run), calibratedMicros(run)].map(Math.round);
      context.log(
        `  ${what}, ${number} of ${context.runs}: ${speed} events/s, CPU per event ${raw} µs, calibrated ${cost} µs`,
      );
    }
  }
  return rates.map(({ once: _, ...rate }) => rate);
}

/** Repeats a measurement of several readings: one list of values for each reading. */
export async function repeatReadings<T extends string>(
  context: Context,
  once: (run: number) => Promise<Record<T, number>>,
): Promise<Record<T, number[]>> {
  const values: Partial<Record<T, number[]>> = {};
  for (let number = 1; number <= context.runs; number += 1) {
    const read = await once(number);
    const entries = Object.entries(read) as [T, number][];
    for (const [name, value] of entries) (values[name] ??= []).push(value);
    context.log(`  ${number} of ${context.runs}: ${entries.map(([name, v]) => `${name} ${v.toFixed(1)}`).join(', ')}`);
  }
  return values as Record<T, number[]>;
}
