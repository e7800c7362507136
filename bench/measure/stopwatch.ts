import { treeCpuMs } from './process-tree.ts';

/** A part of what is measured, with the CPU time that it has used so far, in milliseconds. */
export interface Part {
  readonly name: string;
  /** It makes its own load. */
  readonly isThisProcess?: boolean;
  cpuMs(): number;
}

/** A process with all its descendants. */
export function processes(name: string, pid: number): Part {
  return { name, cpuMs: () => treeCpuMs(pid) };
}

/** This process alone, without those that it started. */
export function thisProcess(name: string): Part {
  return { name, isThisProcess: true, cpuMs: ownCpuMs };
}

export interface Elapsed {
  readonly seconds: number;
  /** CPU time of each part, in milliseconds. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** CPU time of this process, which makes the load, in milliseconds; 0 where it is a part of what is measured. */
  readonly loadMs: number;
}

/** Starts to measure; the returned function says what has passed since. */
export function stopwatch(parts: readonly Part[]): () => Elapsed {
  const before = parts.map((part) => part.cpuMs());
  const [loadBefore, started] = [ownCpuMs(), performance.now()];
  return () => {
    const [ended, loadAfter] = [performance.now(), ownCpuMs()];
    return {
      seconds: (ended - started) / 1_000,
      cpuMs: Object.fromEntries(parts.map((part, index) => [part.name, part.cpuMs() - before[index]!])),
      loadMs: parts.some(({ isThisProcess }) => isThisProcess) ? 0 : loadAfter - loadBefore,
    };
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
