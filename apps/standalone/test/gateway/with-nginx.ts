import { describe } from '@jest/globals';
import { skipOrFail } from '@sestante/streaming/testing';
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

/** An nginx process with the gateway's configuration. */
export interface Gateway {
  readonly url: string;
  /** The lines of its access log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the gateway for services that listen on these local ports. */
export function startGateway(ports: Readonly<Record<string, number>>): Promise<Gateway> {
  const addresses = Object.entries(ports).map(([service, own]) => [service.toUpperCase(), `127.0.0.1:${own}`] as const);
  return startNginx(template, new Map([...addresses, ['NGINX_LOCAL_RESOLVERS', '127.0.0.1']]));
}

/** Starts nginx with a template of the images. */
export async function startNginx(template: string, settings: ReadonlyMap<string, string>): Promise<Gateway> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sestante-gateway-'));
  // Under root, nginx reads files as another user, who may not pass a closed folder.
  chmodSync(folder, 0o711);
  copyFileSync(openapi, join(folder, 'openapi.json'));
  const variables = new Map([...settings, ['LISTEN', `127.0.0.1:${port}`], ['OPENAPI', join(folder, 'openapi.json')]]);
  const file = join(folder, 'nginx.conf');
  // Substitutes variables as envsubst does in the image: other variables belong to nginx.
  const text = readFileSync(template, 'utf8').replaceAll(
    /\$\{(\w+)\}/g,
    (all, name: string) => variables.get(name) ?? all,
  );
  writeFileSync(file, text);
  // Files, because nginx cannot open /dev/stdout if it is a pipe.
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

/** Defines tests that need nginx. Without nginx, they are skipped under a name with the reason; with `CI=true` this is an error. */
export function withNginx(name: string, tests: () => void): void {
  const { error } = spawnSync('nginx', ['-v']);
  if (error) skipOrFail(name, `nginx is not installed: ${error.message}`);
  else describe(name, tests);
}
