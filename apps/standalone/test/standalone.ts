import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../dist/main.js');

/** The keys of the tests. */
export const writeKey = 'write-key-of-the-tests';
export const apiKey = 'api-key-of-the-tests';

/** A built program that runs as a separate process. */
export interface Program {
  readonly process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** Resolves to its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export interface Standalone extends Program {
  readonly url: string;
}

/** Creates a data folder. `remove` deletes it. */
export function dataFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'sestante-e2e-'));
  // If the tests run as root, Postgres runs as another user, who must be able to enter.
  chmodSync(folder, 0o711);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a built program of the workspace with these variables and the default ones. */
export function startProgram(file: string, environment: Readonly<Record<string, string>>): Program {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [file], { env: { PATH, HOME, LOG_LEVEL: 'warn', ...environment } });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return { process: child, output: () => printed, ended };
}

/** Starts the program of `npm start` on the folder, and waits for its address. Rejects with its output if it ends before. */
export async function startStandalone(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Standalone> {
  const keys = { SESTANTE_WRITE_KEY: writeKey, SESTANTE_API_KEY: apiKey };
  const started = startProgram(program, { PORT: '0', SESTANTE_DATA: folder, ...keys, ...environment });
  const url = await new Promise<string>((resolve, reject) => {
    started.process.stdout!.on('data', () => {
      const found = /listens on (\S+)/.exec(started.output())?.[1];
      if (found) resolve(found);
    });
    void started.ended.then((code) => reject(new Error(`It ended with ${code}:\n${started.output()}`)));
  });
  return { ...started, url };
}

/** The JSON response of a GET with the administrator's key. */
export async function get<T>(url: string, path: string): Promise<T> {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Calls `read` until its result satisfies `isEnough`. Rejects with the last result after `timeoutMs`. */
export async function until<T>(
  read: () => Promise<T>,
  isEnough: (value: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isEnough(value)) return value;
    if (Date.now() > deadline) throw new Error(`The condition was not met in time: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export interface Stats {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly activities: number;
  readonly customers: number;
  readonly evidence: number;
  readonly decisions: number;
  readonly offers: number;
  readonly lag: readonly { readonly topic: string; readonly group: string; readonly messages: number }[];
}

/** The counts, once all services have no lag. */
export function settledStats(url: string): Promise<Stats> {
  return until(
    () => get<Stats>(url, '/api/v1/stats'),
    ({ lag }) => lag.length >= 4 && lag.every(({ messages }) => messages === 0),
    60_000,
  );
}

/** Below the ports from which the system takes those of outgoing connections, so that a program that is restarted finds its port free. */
const [firstPort, ports] = [20_000, 12_000];

/** A free port. It stays free for a program that ends and starts again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = firstPort + randomInt(ports);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
