import { calibrate } from './calibration.ts';
import { treeCpuMs } from './process-tree.ts';

/** A part of the measured system, with its CPU time so far, in milliseconds. */
export interface Part {
  readonly name: string;
  /** Whether the part is this process, which also generates the load. */
  readonly isThisProcess?: boolean;
  cpuMs(): number;
}

/** A process with all its descendants. */
export function processes(name: string, pid: number): Part {
  return { name, cpuMs: () => treeCpuMs(pid) };
}

/** This process alone, without its children. */
export function thisProcess(name: string): Part {
  return { name, isThisProcess: true, cpuMs: ownCpuMs };
}

export interface Elapsed {
  readonly seconds: number;
  /** CPU time of each part, in milliseconds. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** CPU time of this process, which generates the load, in milliseconds; 0 if it is a part of the measured system. */
  readonly loadMs: number;
  /** The median CPU time of the fixed piece of work meanwhile, in microseconds: see `calibration.ts`. */
  readonly calibrationMicros: number;
}

/** Starts a measurement. The returned function gives the elapsed time and CPU since then. One at a time. */
export function stopwatch(parts: readonly Part[]): () => Elapsed {
  const calibrated = calibrate();
  const before = parts.map((part) => part.cpuMs());
  const [loadBefore, started] = [ownCpuMs(), performance.now()];
  return () => {
    const [ended, loadAfter] = [performance.now(), ownCpuMs()];
    const after = parts.map((part) => part.cpuMs());
    const { micros, spentMs } = calibrated();
    const without = ({ isThisProcess }: Part) => (isThisProcess ? spentMs : 0);
    return {
      seconds: (ended - started) / 1_000,
      cpuMs: Object.fromEntries(
        parts.map((part, index) => [part.name, after[index]! - before[index]! - without(part)]),
      ),
      loadMs: parts.some(({ isThisProcess }) => isThisProcess) ? 0 : loadAfter - loadBefore - spentMs,
      calibrationMicros: micros,
    };
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
