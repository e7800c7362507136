import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  readonly pid: number;
  /** Ends the process: first with SIGTERM, then with SIGKILL. */
  stop(): Promise<void>;
  /** Throws, with its last output, if it has ended. */
  assertAlive(): void;
}

const timeoutMs = 10_000;

/** Starts a Node program as a child process. */
export function startNode(args: readonly string[], environment: Readonly<Record<string, string>>): Child {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid!,
    assertAlive() {
      if (hasEnded()) throw new Error(`${args.join(' ')} has ended: ${output()}`);
    },
    async stop() {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      await ended;
      clearTimeout(force);
    },
  };
}

function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
  }
  return () => output.trim();
}

/** Resolves when the address responds with 2xx; rejects if the child ends before. */
export async function untilReady(child: Child, url: string): Promise<void> {
  while (!(await isReady(url))) {
    child.assertAlive();
    await sleep(20);
  }
}

const isReady = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** A free port on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
