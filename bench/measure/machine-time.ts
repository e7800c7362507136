import { readFileSync } from 'node:fs';
import { sum } from './statistics.ts';

/** Where the machine's CPU time went, as shares of 0..1. */
export interface MachineTime {
  /** Taken by the host for others: this machine wanted to work and could not. */
  readonly stolen: number;
  readonly idle: number;
}

/** Starts to watch; the returned function says where the time went since. */
export function machineTime(): () => MachineTime {
  const before = read();
  return () => {
    const passed = read().map((ticks, index) => ticks - before[index]!);
    const share = (...fields: number[]) => sum(fields.map((field) => passed[field]!)) / sum(passed);
    return { idle: share(3, 4), stolen: share(7) };
  };
}

/** The first line of proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal. What comes after is counted in those. */
function read(): number[] {
  const [first] = readFileSync('/proc/stat', 'utf8').split('\n');
  return first!.split(/\s+/).slice(1, 9).map(Number);
}
