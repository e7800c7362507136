import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const packages = join(import.meta.dirname, '../../../../../node_modules');
const sdks: Readonly<Record<string, string>> = {
  '/analytics-next.js': '@segment/analytics-next/dist/umd/index.js',
  '/rudderstack.js': '@rudderstack/analytics-js/dist/npm/modern/bundled/esm/index.mjs',
  '/jitsu.js': '@jitsu/js/dist/jitsu.es.js',
};

/** The configuration of the service for a page. */
interface Service {
  readonly url: string;
  readonly writeKey: string;
}

/** The script that creates `analytics` in a page: an SDK from npm, configured only with the address of the service and the key. */
export const analyticsOf = {
  analyticsNext: ({ url, writeKey }: Service, options = {}) => `
    import '/analytics-next.js';
    const { AnalyticsBrowser } = window.AnalyticsNext;
    window.analytics = AnalyticsBrowser.load({ writeKey: '${writeKey}', cdnURL: '${url}' }, ${JSON.stringify(options)});`,
  rudderstack: ({ url, writeKey }: Service, options = {}) => `
    import { RudderAnalytics } from '/rudderstack.js';
    window.analytics = new RudderAnalytics();
    analytics.load('${writeKey}', '${url}', { configUrl: '${url}', ...${JSON.stringify(options)} });`,
  jitsu: ({ url, writeKey }: Service) => `
    import { jitsuAnalytics } from '/jitsu.js';
    window.analytics = jitsuAnalytics({ host: '${url}', writeKey: '${writeKey}:-' });`,
};

/** A web shop with another origin than the service. */
export interface Shop {
  readonly origin: string;
  /** The address of a new page that runs this script. */
  pageWith(script: string): string;
  close(): void;
}

export async function openShop(): Promise<Shop> {
  const scripts: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    const sdk = sdks[url];
    response.setHeader('content-type', sdk ? 'text/javascript' : 'text/html');
    response.end(sdk ? readFileSync(join(packages, sdk)) : page(scripts[Number(url.slice(1))] ?? ''));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    pageWith: (script) => `${origin}/${scripts.push(script) - 1}`,
    close: () => server.close(),
  };
}

const page = (script: string) =>
  `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script type="module">${script}</script>`;
