import { type ChildProcess, spawn } from 'node:child_process';

const linesKept = 20;

/** A program that runs beside this one. Its output is not shown; the end of it is kept for the case that something fails. */
export interface Program {
  readonly pid: number | undefined;
  /** Resolves as soon as the program has said something. Rejects with its last lines when it ends before. */
  says(words: string): Promise<void>;
  /** Asks the program to end, and ends it by force when it has not done so in time. */
  stop(patienceMs: number): Promise<void>;
}

export function launch(command: string, args: readonly string[]): Program {
  const { child, ended, lastLines } = spawned(command, args);
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => lastLines().includes(words) && resolve();
      child.stderr?.on('data', look);
      void ended.then(() => reject(new Error(`${command} ended early:${lastLines()}`)));
    });
  const stop = async (patienceMs: number) => {
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(impatience);
  };
  return { pid: child.pid, says, stop };
}

/** Runs a program to its end. Rejects with its last lines unless it succeeds. */
export async function run(command: string, args: readonly string[]): Promise<void> {
  const { ended, lastLines } = spawned(command, args);
  const code = await ended;
  if (code !== 0) throw new Error(`${command} failed:${lastLines()}`);
}

function spawned(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  keepLastLines(child, lines);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      lines.push(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  return { child, ended, lastLines: () => lines.map((line) => `\n    ${line}`).join('') };
}

function keepLastLines(child: ChildProcess, lines: string[]): void {
  const keep = (chunk: Buffer) => {
    const said = chunk.toString().split('\n');
    lines.push(...said.filter((line) => line.trim() !== ''));
    lines.splice(0, lines.length - linesKept);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
}
