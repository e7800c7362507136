import { type ChildProcess, spawn } from 'node:child_process';

const linesKept = 20;

/** A child process. Its output is not printed; its last lines are kept for error messages. */
export interface Program {
  readonly pid: number | undefined;
  /** Resolves as soon as the output contains the text. Rejects with the last lines if the program ends before. */
  untilOutput(text: string): Promise<void>;
  /** Sends SIGTERM, and SIGKILL after `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

export function launch(command: string, args: readonly string[]): Program {
  const { child, ended, lastLines } = spawned(command, args);
  const untilOutput = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => lastLines().includes(text) && resolve();
      child.stderr?.on('data', check);
      void ended.then(() => reject(new Error(`${command} ended early:${lastLines()}`)));
    });
  const stop = async (timeoutMs: number) => {
    child.kill('SIGTERM');
    const timeout = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    await ended;
    clearTimeout(timeout);
  };
  return { pid: child.pid, untilOutput, stop };
}

/** Runs a program to its end. Rejects with its last lines if it fails. */
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
    const output = chunk.toString().split('\n');
    lines.push(...output.filter((line) => line.trim() !== ''));
    lines.splice(0, lines.length - linesKept);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
}
