import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaWarnings } from '../src/config/kafka-faults.ts';
import { kafkaOptionsOf } from '../src/config/kafka-options.ts';
import { parseConfig } from '../src/index.ts';
import { aCertificate } from './certificate.ts';
import { faultsOf } from './faults-of.ts';

const brokers = { KAFKA_BROKERS: 'kafka:9092' };
const tls = { ...brokers, KAFKA_SSL: 'true' };
const user = { KAFKA_SASL_USERNAME: 'me', KAFKA_SASL_PASSWORD: 'hush' };
const plain = { ...tls, KAFKA_SASL_MECHANISM: 'plain', ...user };
const client = {
  KAFKA_SASL_OAUTH_TOKEN_ENDPOINT: 'https://login.acme.test/token',
  KAFKA_SASL_OAUTH_CLIENT_ID: 'shop',
  KAFKA_SASL_OAUTH_CLIENT_SECRET: 'hush',
};
const oauth = { ...tls, KAFKA_SASL_MECHANISM: 'oauthbearer', ...client };

const folder = mkdtempSync(join(tmpdir(), 'sestante-tls-'));
const at = (file: string) => join(folder, file);

beforeAll(() => {
  for (const name of ['mine', 'other']) {
    const { cert, key } = aCertificate();
    writeFileSync(at(`${name}.pem`), cert);
    writeFileSync(at(`${name}.key`), key);
  }
  writeFileSync(at('text'), 'no certificate');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a cluster', () => {
  test.each<[string, () => Record<string, string>, object]>([
    ['without anything else', () => brokers, { brokers: ['kafka:9092'], topics: 'create' }],
    ['with TLS', () => tls, { ssl: {} }],
    ['with TLS turned off', () => ({ ...brokers, KAFKA_SSL: 'false' }), { ssl: undefined }],
    [
      'with a CA and a certificate of ours',
      () => ({
        ...tls,
        KAFKA_SSL_CA_FILE: at('other.pem'),
        KAFKA_SSL_CERT_FILE: at('mine.pem'),
        KAFKA_SSL_KEY_FILE: at('mine.key'),
      }),
      { ssl: { ca: 'other.pem', cert: 'mine.pem', key: 'mine.key' } },
    ],
    ['with plain', () => plain, { credentials: { mechanism: 'plain', username: 'me', password: 'hush' } }],
    [
      'with a mechanism in capitals',
      () => ({ ...plain, KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256' }),
      { credentials: { mechanism: 'scram-sha-256', username: 'me', password: 'hush' } },
    ],
    [
      'with scram, without TLS',
      () => ({ ...brokers, ...user, KAFKA_SASL_MECHANISM: 'scram-sha-512' }),
      { credentials: { mechanism: 'scram-sha-512', username: 'me', password: 'hush' } },
    ],
    [
      'with oauthbearer',
      () => oauth,
      {
        credentials: {
          mechanism: 'oauthbearer',
          tokenEndpoint: 'https://login.acme.test/token',
          clientId: 'shop',
          clientSecret: 'hush',
        },
      },
    ],
    ['with a scope', () => ({ ...oauth, KAFKA_SASL_OAUTH_SCOPE: 'kafka' }), { credentials: { scope: 'kafka' } }],
    [
      'with names, copies and checked topics',
      () => ({
        ...brokers,
        KAFKA_TOPIC_PREFIX: 'acme.prod.',
        KAFKA_REPLICATION_FACTOR: '3',
        KAFKA_TOPICS: 'check',
      }),
      { prefix: 'acme.prod.', replicationFactor: 3, topics: 'check' },
    ],
  ])('%s is understood', (_, environment, options) => {
    const ssl = (options as { ssl?: Record<string, string> }).ssl;
    const read = ssl && Object.fromEntries(Object.entries(ssl).map(([part, file]) => [part, readFileSync(at(file))]));
    const expected = 'ssl' in options ? { ...options, ssl: read } : options;
    expect({ ssl: undefined, ...kafkaOptionsOf(parseConfig(environment())) }).toMatchObject(expected);
  });

  test('is undefined without brokers', () => {
    expect(kafkaOptionsOf(parseConfig({}))).toBeUndefined();
  });
});

describe('the configuration is invalid', () => {
  const without = (environment: object, name: string) => ({ ...environment, [name]: '' });

  test.each<[string, () => Record<string, string>, readonly string[]]>([
    ['a word for a boolean', () => ({ ...brokers, KAFKA_SSL: 'yes' }), ['KAFKA_SSL must be true or false']],
    ['a boolean in upper case', () => ({ ...brokers, KAFKA_SSL: 'TRUE' }), ['KAFKA_SSL must be true or false']],
    [
      'variables of Kafka without brokers',
      () => without({ ...plain, KAFKA_TOPICS: 'check' }, 'KAFKA_BROKERS') as Record<string, string>,
      ['KAFKA_SSL', 'KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD', 'KAFKA_TOPICS'].map(
        (name) => `${name} is set, but KAFKA_BROKERS is not`,
      ),
    ],
    [
      'files without TLS',
      () => ({
        ...brokers,
        KAFKA_SSL_CA_FILE: at('mine.pem'),
        KAFKA_SSL_CERT_FILE: at('mine.pem'),
        KAFKA_SSL_KEY_FILE: at('mine.key'),
      }),
      ['CA', 'CERT', 'KEY'].map((part) => `KAFKA_SSL_${part}_FILE is set, but KAFKA_SSL is not true`),
    ],
    [
      'a certificate without a key',
      () => ({ ...tls, KAFKA_SSL_CERT_FILE: at('mine.pem') }),
      ['KAFKA_SSL_CERT_FILE is set, but KAFKA_SSL_KEY_FILE is not'],
    ],
    [
      'a key without a certificate',
      () => ({ ...tls, KAFKA_SSL_KEY_FILE: at('mine.key') }),
      ['KAFKA_SSL_KEY_FILE is set, but KAFKA_SSL_CERT_FILE is not'],
    ],
    [
      'the key of another certificate',
      () => ({ ...tls, KAFKA_SSL_CERT_FILE: at('mine.pem'), KAFKA_SSL_KEY_FILE: at('other.key') }),
      [
        'KAFKA_SSL_KEY_FILE must contain the private key of KAFKA_SSL_CERT_FILE in PEM, without a passphrase (ERR_OSSL_X509_KEY_VALUES_MISMATCH)',
      ],
    ],
    [
      'files that do not exist or contain no certificate',
      () => ({
        ...tls,
        KAFKA_SSL_CA_FILE: at('text'),
        KAFKA_SSL_CERT_FILE: '/not/there.pem',
        KAFKA_SSL_KEY_FILE: '/not/there.key',
      }),
      [
        `KAFKA_SSL_CA_FILE: ${at('text')} contains no certificate in PEM`,
        'KAFKA_SSL_CERT_FILE: /not/there.pem cannot be read (ENOENT)',
        'KAFKA_SSL_KEY_FILE: /not/there.key cannot be read (ENOENT)',
      ],
    ],
    [
      'an unknown mechanism',
      () => ({ ...plain, KAFKA_SASL_MECHANISM: 'gssapi' }),
      ['KAFKA_SASL_MECHANISM must be one of the following values: plain, scram-sha-256, scram-sha-512, oauthbearer'],
    ],
    [
      'a mechanism without its user',
      () => ({ ...tls, KAFKA_SASL_MECHANISM: 'Scram-Sha-512' }),
      ['USERNAME', 'PASSWORD'].map(
        (part) => `KAFKA_SASL_${part} is missing: KAFKA_SASL_MECHANISM=scram-sha-512 needs it`,
      ),
    ],
    [
      'a user without a mechanism',
      () => ({ ...tls, ...user }),
      ['USERNAME', 'PASSWORD'].map(
        (part) => `KAFKA_SASL_${part} is set, but KAFKA_SASL_MECHANISM is none of plain, scram-sha-256, scram-sha-512`,
      ),
    ],
    [
      'oauthbearer without its client, and with a user',
      () => ({ ...tls, KAFKA_SASL_MECHANISM: 'oauthbearer', KAFKA_SASL_USERNAME: 'me' }),
      [
        ...['TOKEN_ENDPOINT', 'CLIENT_ID', 'CLIENT_SECRET'].map(
          (part) => `KAFKA_SASL_OAUTH_${part} is missing: KAFKA_SASL_MECHANISM=oauthbearer needs it`,
        ),
        'KAFKA_SASL_USERNAME is set, but KAFKA_SASL_MECHANISM is none of plain, scram-sha-256, scram-sha-512',
      ],
    ],
    [
      'a client of another mechanism',
      () => ({ ...plain, ...client, KAFKA_SASL_OAUTH_SCOPE: 'kafka' }),
      ['TOKEN_ENDPOINT', 'CLIENT_ID', 'CLIENT_SECRET', 'SCOPE'].map(
        (part) => `KAFKA_SASL_OAUTH_${part} is set, but KAFKA_SASL_MECHANISM is not oauthbearer`,
      ),
    ],
    [
      'a prefix that no topic can have',
      () => ({ ...brokers, KAFKA_TOPIC_PREFIX: 'acme/' }),
      ['KAFKA_TOPIC_PREFIX must be 1 to 200 letters, digits, dots, hyphens and underscores'],
    ],
    [
      'another way with topics',
      () => ({ ...brokers, KAFKA_TOPICS: 'delete' }),
      ['KAFKA_TOPICS must be one of the following values: create, check'],
    ],
  ])('for %s', (_, environment, faults) => {
    expect(faultsOf(environment())).toEqual(faults);
  });

  test.each([
    ['https://login.acme.test/token', true],
    ['http://localhost:8080/token', true],
    ['http://127.0.0.1:8080/token', true],
    ['http://[::1]:8080/token', true],
    ['http://login.acme.test/token', false],
    ['http://127.0.0.1.acme.test/token', false],
    ['https://me:hush@login.acme.test/token', false],
    ['login.acme.test/token', false],
    ['file:///token', false],
  ])('or not, for the token endpoint %s: %s', (endpoint, isTaken) => {
    const fault =
      'KAFKA_SASL_OAUTH_TOKEN_ENDPOINT must be an https:// URL without user name and password (http:// is allowed for this machine only)';
    expect(faultsOf({ ...oauth, KAFKA_SASL_OAUTH_TOKEN_ENDPOINT: endpoint })).toEqual(isTaken ? [] : [fault]);
  });

  test.each([
    ['KAFKA_REPLICATION_FACTOR', '0', false],
    ['KAFKA_REPLICATION_FACTOR', '1', true],
    ['KAFKA_REPLICATION_FACTOR', '2', true],
    ['KAFKA_REPLICATION_FACTOR', '32766', true],
    ['KAFKA_REPLICATION_FACTOR', '32767', true],
    ['KAFKA_REPLICATION_FACTOR', '32768', false],
    ['KAFKA_TOPIC_PREFIX', 'p', true],
    ['KAFKA_TOPIC_PREFIX', 'p'.repeat(199), true],
    ['KAFKA_TOPIC_PREFIX', 'p'.repeat(200), true],
    ['KAFKA_TOPIC_PREFIX', 'p'.repeat(201), false],
  ])('or not, at the limits: %s=%s is taken: %s', (name, text, isTaken) => {
    expect(faultsOf({ ...brokers, [name]: text }).length === 0).toBe(isTaken);
  });

  test('without printing its secrets', () => {
    const environment = { ...plain, ...client, KAFKA_SSL: 'no', KAFKA_SASL_MECHANISM: 'none' };
    expect(faultsOf(environment).join()).not.toContain('hush');
  });
});

describe('a warning is given for a secret sent unencrypted', () => {
  const warning = (mechanism: string) => [
    `KAFKA_SASL_MECHANISM=${mechanism} without KAFKA_SSL=true sends the secret over the network unencrypted`,
  ];
  test.each<[string, Record<string, string>, string[]]>([
    ['plain without TLS', { ...plain, KAFKA_SSL: 'false' }, warning('plain')],
    ['oauthbearer without TLS', { ...oauth, KAFKA_SSL: 'false' }, warning('oauthbearer')],
    ['one broker of several', { ...plain, KAFKA_SSL: '', KAFKA_BROKERS: 'localhost:1,kafka:2' }, warning('plain')],
    ['plain with TLS', plain, []],
    ['scram without TLS', { ...plain, KAFKA_SSL: '', KAFKA_SASL_MECHANISM: 'scram-sha-512' }, []],
    ['plain on this machine', { ...plain, KAFKA_SSL: '', KAFKA_BROKERS: 'localhost:1,127.0.0.1:2' }, []],
    ['no credentials', brokers, []],
  ])('%s', (_, environment, warnings) => {
    expect(kafkaWarnings(parseConfig(environment))).toEqual(warnings);
  });
});
