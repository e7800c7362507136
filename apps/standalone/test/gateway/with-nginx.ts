import { describe, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '../standalone.ts';

const root = join(import.meta.dirname, '../../../..');
const template = join(root, 'docker/gateway/nginx.conf.template');
/** What the gateway answers at /openapi.json. */
export const openapi = join(root, 'docs/openapi/all.json');

/** An nginx with the gateway's configuration. */
export interface Gateway {
  readonly url: string;
  /** The lines of its access log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the gateway before services that listen on these ports of this machine. */
export async function startGateway(ports: Readonly<Record<string, number>>): Promise<Gateway> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sestante-gateway-'));
  // Under root, nginx reads files as another user, who may not pass a closed folder.
  chmodSync(folder, 0o711);
  copyFileSync(openapi, join(folder, 'openapi.json'));
  const places = Object.entries(ports).map(([service, own]) => [service.toUpperCase(), `127.0.0.1:${own}`] as const);
  const variables = new Map([
    ...places,
    ['LISTEN', `127.0.0.1:${port}`],
    ['NGINX_LOCAL_RESOLVERS', '127.0.0.1'],
    ['OPENAPI', join(folder, 'openapi.json')],
  ]);
  const file = join(folder, 'nginx.conf');
  // As envsubst does in the image: what is no variable of ours is one of nginx.
  const text = readFileSync(template, 'utf8').replaceAll(
    /\$\{(\w+)\}/g,
    (all, name: string) => variables.get(name) ?? all,
  );
  writeFileSync(file, text);
  // Of a pipe, nginx could not open /dev/stdout.
  const [log, errors] = [join(folder, 'log'), join(folder, 'errors')];
  const child = spawn('nginx', ['-c', file, '-g', `daemon off; pid ${join(folder, 'pid')};`], {
    stdio: ['ignore', openSync(log, 'a'), openSync(errors, 'a')],
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  await Promise.race([
    until(answers, Boolean),
    ended.then(() => {
      throw new Error(`nginx ended: ${readFileSync(errors, 'utf8')}`);
    }),
  ]);
  return {
    url,
    log: () => readFileSync(log, 'utf8'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs tests that need nginx. Where there is none, they are skipped under a name that says why; with `CI=true` that is an error. */
export function withNginx(name: string, tests: () => void): void {
  const { error } = spawnSync('nginx', ['-v']);
  if (!error) {
    describe(name, tests);
    return;
  }
  if (process.env['CI'] === 'true') throw new Error(`There is no nginx: ${error.message}`);
  const notRun = `${name}: not run. There is no nginx on the PATH.`;
  process.stderr.write(`SKIPPED ${notRun}\n`);
  test.skip(notRun, () => {});
}
