import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { sum } from './statistics.ts';

/** A process from /proc. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  /** User and system CPU time of its threads and of its ended children, in ticks. */
  readonly ticks: number;
}

const tickMs = 1_000 / Number(execFileSync('getconf', ['CLK_TCK']));

/**
 * The CPU time of a process and its descendants, in milliseconds. The time of an ended process is counted by the parent that waited
 * for it, so the sum only increases. Throws if the process does not exist.
 */
export function treeCpuMs(root: number): number {
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readProcess(Number(entry)) ?? []);
  if (!all.some(({ pid }) => pid === root)) throw new Error(`The process ${root} does not exist.`);
  const tree = new Set([root]);
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return sum(all.filter(({ pid }) => tree.has(pid)).map(({ ticks }) => ticks)) * tickMs;
}

/** Fields 4 (parent) and 14 to 17 (utime, stime, cutime, cstime) of proc_pid_stat(5); the name in field 2 may contain any character. */
function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), ticks: sum(fields.slice(11, 15).map(Number)) };
  } catch {
    return undefined;
  }
}

/** The peak resident set size of the process, in MB. */
export function peakMb(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
