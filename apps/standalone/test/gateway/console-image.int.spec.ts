import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, type Standalone, startStandalone } from '../standalone.ts';
import { type Gateway, startNginx, withNginx } from './with-nginx.ts';

jest.setTimeout(60_000);

const root = join(import.meta.dirname, '../../../..');
const built = join(root, 'apps/console/dist');
const script = readdirSync(join(built, 'assets')).find((file) => file.endsWith('.js'))!;

withNginx('the image of the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sestante-console-image-'));
  const data = dataFolder();
  let image: Gateway;
  let standalone: Standalone;
  beforeAll(async () => {
    // Under root, nginx reads files as another user, who may not pass a closed folder.
    chmodSync(folder, 0o711);
    mkdirSync(join(folder, 'console/assets'), { recursive: true });
    for (const file of ['index.html', 'icon.svg', `assets/${script}`])
      copyFileSync(join(built, file), join(folder, 'console', file));
    const template = join(root, 'docker/console/nginx.conf.template');
    image = await startNginx(template, new Map([['ROOT', folder]]));
    standalone = await startStandalone(data.folder);
  });
  afterAll(async () => {
    await image.stop();
    standalone.process.kill('SIGTERM');
    await standalone.ended;
    rmSync(folder, { recursive: true });
    data.remove();
  });

  test.each(['', '/', '/models/retail-2?view=try', '/icon.svg', `/assets/${script}`])(
    'answers /console%s as the program of npm start does',
    async (path) => {
      const [one, other] = await Promise.all(
        [image.url, standalone.url].map(async (url) => {
          const { status, headers } = await fetch(`${url}/console${path}`);
          const names = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cache-control'];
          return { status, headers: names.map((name) => headers.get(name)) };
        }),
      );
      expect(one).toEqual(other);
      expect(one!.status).toBe(200);
    },
  );

  test.each(['/console/assets/none-1.js', '/', '/etc/passwd'])('has nothing at %s', async (path) => {
    expect((await fetch(image.url + path)).status).toBe(404);
  });
});
