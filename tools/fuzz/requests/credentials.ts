import fc from 'fast-check';
import type { Route } from './api.ts';

/** The valid keys. */
export interface Keys {
  /** Of the configured source. */
  readonly secret: string;
  /** Of a source that sends only files. */
  readonly files: string;
  /** Of a source with a browser key for any origin. */
  readonly browser: string;
  readonly admin: string;
}

/** The credentials of a request: headers, query parameters and fields of the body. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}

const nothing: Proof = { headers: {}, query: {}, body: {} };
const inHeaders = (headers: Readonly<Record<string, string>>): Proof => ({ ...nothing, headers });
const basic = (user: string) => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

/** By security scheme of the document; a key in the body has none. */
const proofs: Readonly<Record<string, (key: string) => Proof>> = {
  writeKeyBasic: (key) => inHeaders({ authorization: basic(key) }),
  writeKeyBearer: (key) => inHeaders({ authorization: `Bearer ${key}` }),
  writeKeyHeader: (key) => inHeaders({ 'x-write-key': key }),
  writeKeyQuery: (key) => ({ ...nothing, query: { writeKey: key } }),
  apiKey: (key) => inHeaders({ authorization: `Bearer ${key}` }),
  apiKeyHeader: (key) => inHeaders({ 'x-api-key': key }),
  none: (key) => ({ ...nothing, body: { writeKey: key } }),
};

const odd = fc.constantFrom(
  ...[
    'Basic',
    'Basic Og==',
    'Basic ÿþ',
    'Bearer',
    'Bearer eyJ.eyJ.x',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.',
    'Digest a',
    ' ',
    `Bearer ${'k'.repeat(9_000)}`,
  ].map((authorization) => inHeaders({ authorization })),
);

/** Mostly as documented, sometimes with a wrong key, invalid credentials or none. */
export function proofsFor({ security = [] }: Route, { secret, browser, admin }: Keys): fc.Arbitrary<Proof> {
  // A session is started by a request of its own.
  const schemes = security
    .map((requirement) => Object.keys(requirement)[0] ?? 'none')
    .filter((scheme) => scheme !== 'session');
  if (schemes.length === 0) return fc.constant(nothing);
  const fitting = schemes[0]!.startsWith('apiKey') ? [admin] : [secret, browser];
  const ofScheme = (keys: readonly string[]) =>
    fc.tuple(fc.constantFrom(...schemes), fc.constantFrom(...keys)).map(([scheme, key]) => proofs[scheme]!(key));
  return fc.oneof(
    { weight: 12, arbitrary: ofScheme(fitting) },
    { weight: 1, arbitrary: ofScheme([secret, browser, admin, 'nobody', '\u00ff', '']) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.constant(nothing) },
  );
}
