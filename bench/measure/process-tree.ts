import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { sum } from './statistics.ts';

/** A process as /proc tells of it. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  /** CPU of its own threads and of its children that have ended, user and system, in ticks. */
  readonly ticks: number;
}

const tickMs = 1_000 / Number(execFileSync('getconf', ['CLK_TCK']));

/**
 * CPU time that a process and its descendants have used, in milliseconds. Those that ended are counted by the parent that waited for
 * them, so that the sum only grows. Throws when the process is not there.
 */
export function treeCpuMs(root: number): number {
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readProcess(Number(entry)) ?? []);
  if (!all.some(({ pid }) => pid === root)) throw new Error(`The process ${root} is gone.`);
  const tree = new Set([root]);
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return sum(all.filter(({ pid }) => tree.has(pid)).map(({ ticks }) => ticks)) * tickMs;
}

/** Fields 4 (parent) and 14 to 17 (utime, stime, cutime, cstime) of proc_pid_stat(5); the name in field 2 may hold anything. */
function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), ticks: sum(fields.slice(11, 15).map(Number)) };
  } catch {
    return undefined;
  }
}

/** The largest resident set that the process has had, in MB. */
export function peakMb(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
