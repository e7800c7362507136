import { readFileSync } from 'node:fs';
import { sum } from './statistics.ts';

/** Shares 0..1 of the CPU time of the machine. */
export interface MachineTime {
  /** Steal time: the host gave it to other machines. */
  readonly stolen: number;
  readonly idle: number;
}

/** Starts a measurement. The returned function gives the shares since then. */
export function machineTime(): () => MachineTime {
  const before = read();
  return () => {
    const passed = read().map((ticks, index) => ticks - before[index]!);
    const share = (...fields: number[]) => sum(fields.map((field) => passed[field]!)) / sum(passed);
    return { idle: share(3, 4), stolen: share(7) };
  };
}

/** The first line of proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal. The later fields are included in these. */
function read(): number[] {
  const [first] = readFileSync('/proc/stat', 'utf8').split('\n');
  return first!.split(/\s+/).slice(1, 9).map(Number);
}
