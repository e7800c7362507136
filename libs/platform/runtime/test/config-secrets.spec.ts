import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { parseConfig, secretFiles } from '../src/index.ts';
import { faultsOf } from './faults-of.ts';

const values = {
  DATABASE_URL: 'postgres://me:hush-password@db:5432/shop',
  SESTANTE_WRITE_KEY: 'hush-write-key-of-mine',
  SESTANTE_API_KEY: 'hush-api-key-of-mine',
  KAFKA_SASL_PASSWORD: 'hush-password',
  KAFKA_SASL_OAUTH_CLIENT_SECRET: 'hush-secret',
};
/** Variables that require the secrets of Kafka. */
const user = { KAFKA_BROKERS: 'kafka:9092', KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'me' };
const client = {
  KAFKA_BROKERS: 'kafka:9092',
  KAFKA_SASL_MECHANISM: 'oauthbearer',
  KAFKA_SASL_OAUTH_TOKEN_ENDPOINT: 'https://login.acme.test/token',
  KAFKA_SASL_OAUTH_CLIENT_ID: 'me',
};
const beside = { KAFKA_SASL_PASSWORD: user, KAFKA_SASL_OAUTH_CLIENT_SECRET: client } as Record<string, object>;
const secrets = Object.entries(values);

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sestante-secrets-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function inFile(content: string): string {
  const path = join(folder, `secret-${content.length}`);
  writeFileSync(path, content);
  return path;
}

describe('a secret', () => {
  test('may be read from a file, each of them', () => {
    expect(secretFiles().sort()).toEqual(
      Object.keys(values)
        .map((name) => `${name}_FILE`)
        .sort(),
    );
  });

  test.each(secrets)('%s is read from the file that its _FILE names', (name, value) => {
    const config = parseConfig({ ...beside[name], [`${name}_FILE`]: inFile(value) });
    expect(config[name as 'DATABASE_URL']).toBe(value);
  });

  test.each(['\n', '\r\n', '\n\n'])('is read without trailing line breaks: %j', (end) => {
    const path = inFile(` key with a space ${end}`);
    expect(parseConfig({ SESTANTE_API_KEY_FILE: path }).SESTANTE_API_KEY).toBe(' key with a space ');
  });

  test.each(secrets)('%s set twice is rejected', (name, value) => {
    const environment = { ...beside[name], [name]: value, [`${name}_FILE`]: inFile(value) };
    expect(faultsOf(environment)).toEqual([`${name} and ${name}_FILE are both set: set one of them`]);
  });

  test.each(secrets)('%s with a missing file is rejected with the path', (name) => {
    expect(faultsOf({ ...beside[name], [`${name}_FILE`]: '/not/there' })).toEqual([
      `${name}_FILE: /not/there cannot be read (ENOENT)`,
    ]);
  });

  test('with a folder instead of a file is rejected', () => {
    expect(faultsOf({ DATABASE_URL_FILE: folder })).toEqual([`DATABASE_URL_FILE: ${folder} cannot be read (EISDIR)`]);
  });

  test('with an empty file is rejected', () => {
    const path = inFile('\n');
    expect(faultsOf({ SESTANTE_API_KEY_FILE: path })).toEqual([`SESTANTE_API_KEY_FILE: ${path} is empty`]);
  });

  test('in a file is validated and not printed', () => {
    const faults = faultsOf({ SESTANTE_API_KEY_FILE: inFile('hush'), DATABASE_URL_FILE: inFile('mysql://hush') });
    expect(faults).toEqual([
      'DATABASE_URL must begin with postgres://',
      'SESTANTE_API_KEY must be longer than or equal to 16 characters',
    ]);
  });

  test('is not read from files for other variables', () => {
    expect(parseConfig({ PORT_FILE: '/not/there' })).toEqual(parseConfig({}));
  });

  test.each(secrets)('%s prints as ***', (name, value) => {
    const config = parseConfig({ ...beside[name], [name]: value });
    for (const printed of [inspect(config), JSON.stringify(config)]) {
      expect(printed).not.toContain('hush');
      expect(printed).toContain('***');
    }
  });
});
