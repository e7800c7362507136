import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  readonly pid: number;
  /** Ends it: asked first, then by force. */
  stop(): Promise<void>;
  /** Throws, with the last that it said, if it has ended. */
  assertAlive(): void;
}

const patienceMs = 10_000;

/** Runs a Node program beside this one. */
export function startNode(args: readonly string[], environment: Readonly<Record<string, string>>): Child {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = lastWordsOf(child);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid!,
    assertAlive() {
      if (hasEnded()) throw new Error(`${args.join(' ')} has ended: ${said()}`);
    },
    async stop() {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(force);
    },
  };
}

function lastWordsOf(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  }
  return () => said.trim();
}

/** Resolves when the address answers 2xx; rejects when the child ends before. */
export async function untilReady(child: Child, url: string): Promise<void> {
  while (!(await answers(url))) {
    child.assertAlive();
    await sleep(20);
  }
}

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
