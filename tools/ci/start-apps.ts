import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '@sestante/postgres';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sestante-ci-'));
const cluster = await startCluster({ folder, password: 'ci' });
try {
  for (const app of ['ingest', 'profile', 'scoring', 'offers']) await startAndStop(app);
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Starts a built app and stops it with SIGTERM. It finds errors that occur only in built ES modules: tests run the sources. */
async function startAndStop(app: string): Promise<void> {
  const port = await freePort();
  const environment = { ...process.env, PORT: String(port), DATABASE_URL: cluster.url, LOG_LEVEL: 'warn' };
  const program = spawn(process.execPath, [join(root, `apps/${app}/dist/main.js`)], {
    env: environment,
    stdio: 'inherit',
  });
  const ended = once(program, 'exit');
  await ready(`http://127.0.0.1:${port}/health/ready`);
  program.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${app} exited with ${code}.`);
  console.log(`${app}: started, ready, stopped by SIGTERM`);
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error(`${url} was not ready within 20 s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
