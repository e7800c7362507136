import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { parseConfig } from '../src/index.ts';
import { faultsOf } from './faults-of.ts';

describe('an empty environment', () => {
  test('gives the defaults', () => {
    expect({ ...parseConfig({}) }).toEqual({
      PORT: 4600,
      HOST: '127.0.0.1',
      KAFKA_SSL: false,
      KAFKA_TOPICS: 'create',
      SESTANTE_PARTITIONS: 4,
      SESTANTE_ATTRIBUTES: ['country', 'language', 'tier'],
      SESTANTE_DATA: '.sestante',
      SESTANTE_REJECTED_DAYS: 30,
      SESTANTE_ALLOWED_ORIGINS: [],
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_TRACES_SAMPLER_ARG: 1,
      SESTANTE_DEAD_LETTER_DAYS: 30,
      SESTANTE_ACTIVITY_MONTHS: 25,
      SESTANTE_EVIDENCE_MONTHS: 25,
      SESTANTE_DECISION_MONTHS: 25,
      SESTANTE_EXPORT_DAYS: 7,
      LOG_LEVEL: 'info',
    });
  });

  test('is the same as one of empty variables', () => {
    const names = [
      'PORT',
      'HOST',
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'SESTANTE_PARTITIONS',
      'SESTANTE_DATA',
      'SESTANTE_ALLOWED_ORIGINS',
      'LOG_LEVEL',
    ];
    expect(parseConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(parseConfig({}));
  });

  test('is the same as one of unknown variables', () => {
    expect(parseConfig({ HOME: '/root', SESTANTE_UNKNOWN: 'x', toString: 'x' })).toEqual(parseConfig({}));
  });
});

describe('a variable', () => {
  const attributes =
    'SESTANTE_ATTRIBUTES must be none, or some of country, region, language, birthDecade, tier, tags, separated by commas';

  test.each([
    ['PORT', '8080', 8080],
    ['HOST', '0.0.0.0', '0.0.0.0'],
    ['DATABASE_URL', 'postgres://me:secret@db:5432/shop', 'postgres://me:secret@db:5432/shop'],
    ['DATABASE_URL', 'postgresql://db/shop', 'postgresql://db/shop'],
    ['KAFKA_BROKERS', 'one:9092', ['one:9092']],
    ['KAFKA_BROKERS', 'one:9092, two:9093,', ['one:9092', 'two:9093']],
    ['SESTANTE_PARTITIONS', '12', 12],
    ['SESTANTE_DATA', '/var/lib/sestante', '/var/lib/sestante'],
    ['SESTANTE_ALLOWED_ORIGINS', 'https://shop.example', ['https://shop.example']],
    [
      'SESTANTE_ALLOWED_ORIGINS',
      'http://localhost:3000, http://[::1]:8080,capacitor://localhost,',
      ['http://localhost:3000', 'http://[::1]:8080', 'capacitor://localhost'],
    ],
    ['SESTANTE_ATTRIBUTES', 'none', []],
    ['SESTANTE_ATTRIBUTES', 'country, tags,', ['country', 'tags']],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318', 'http://collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://otlp.example/team/', 'https://otlp.example/team/'],
    ['OTEL_TRACES_SAMPLER', 'parentbased_traceidratio', 'parentbased_traceidratio'],
    ['OTEL_TRACES_SAMPLER_ARG', '0.25', 0.25],
    ['OTEL_TRACES_SAMPLER_ARG', '.5', 0.5],
    ['SESTANTE_WRITE_KEY', 'a-long-write-key-1', 'a-long-write-key-1'],
    ['SESTANTE_API_KEY', 'a-long-api-key-12', 'a-long-api-key-12'],
    ...['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map(
      (level) => ['LOG_LEVEL', level, level] as const,
    ),
  ])('%s=%s is %j', (name, text, value) => {
    expect(parseConfig({ [name]: text })[name as 'PORT']).toEqual(value);
  });

  test.each([
    ['PORT', 'http', 'PORT must be an integer number'],
    ['PORT', '80.5', 'PORT must be an integer number'],
    ['PORT', ' 80', 'PORT must be an integer number'],
    ['PORT', '0x50', 'PORT must be an integer number'],
    ['DATABASE_URL', 'mysql://db/shop', 'DATABASE_URL must begin with postgres://'],
    ['DATABASE_URL', 'postgres://', 'DATABASE_URL must begin with postgres://'],
    ['SESTANTE_ATTRIBUTES', 'country,email', attributes],
    ['SESTANTE_ATTRIBUTES', 'country,none', attributes],
    ['KAFKA_BROKERS', ',', 'KAFKA_BROKERS should not be empty'],
    ['KAFKA_BROKERS', 'localhost', 'KAFKA_BROKERS must be host:port, separated by commas'],
    ['KAFKA_BROKERS', 'one:9092 two:9092', 'KAFKA_BROKERS must be host:port, separated by commas'],
    ['KAFKA_BROKERS', 'one:9092,two', 'KAFKA_BROKERS must be host:port, separated by commas'],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'collector:4318',
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// address',
    ],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'http://collector:4318/?key=x',
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// address',
    ],
    [
      'OTEL_TRACES_SAMPLER',
      'sometimes',
      'OTEL_TRACES_SAMPLER must be one of the following values: always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio',
    ],
    [
      'OTEL_TRACES_SAMPLER_ARG',
      'half',
      'OTEL_TRACES_SAMPLER_ARG must be a number conforming to the specified constraints',
    ],
    ['SESTANTE_PARTITIONS', 'four', 'SESTANTE_PARTITIONS must be an integer number'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL must be one of the following values: fatal, error, warn, info, debug, trace, silent',
    ],
    [
      'LOG_LEVEL',
      'INFO',
      'LOG_LEVEL must be one of the following values: fatal, error, warn, info, debug, trace, silent',
    ],
  ])('%s=%s is rejected', (name, text, fault) => {
    expect(faultsOf({ [name]: text })).toContain(fault);
  });

  test.each([
    '*',
    'null',
    'shop.example',
    'https://*.shop.example',
    'https://shop.example/',
    'https://shop.example/offers',
    'https://shop.example?x',
    'https://shop.example:443',
    'http://shop.example:80',
    'https://Shop.example',
    'https://me@shop.example',
    'https://bücher.example',
    'https://shop.example:65536',
    'capacitor://localhost/',
    'capacitor://*',
    'file://',
    'data:text/html,x',
    'https://shop.example https://app.example',
  ])('SESTANTE_ALLOWED_ORIGINS=%s is rejected, also in a list with a valid one', (origin) => {
    const fault = `SESTANTE_ALLOWED_ORIGINS must be exact origins such as https://shop.example, separated by commas, without path, wildcard or default port; got ${JSON.stringify(origin)}`;
    expect(faultsOf({ SESTANTE_ALLOWED_ORIGINS: `https://app.example,${origin}` })).toEqual(
      origin.includes(',') ? [expect.stringContaining('must be exact origins')] : [fault],
    );
  });

  test.each([
    ['PORT', '-1', false],
    ['PORT', '0', true],
    ['PORT', '1', true],
    ['PORT', '65534', true],
    ['PORT', '65535', true],
    ['PORT', '65536', false],
    ['SESTANTE_REJECTED_DAYS', '0', false],
    ['SESTANTE_REJECTED_DAYS', '1', true],
    ['SESTANTE_REJECTED_DAYS', '2', true],
    ['SESTANTE_REJECTED_DAYS', '3649', true],
    ['SESTANTE_REJECTED_DAYS', '3650', true],
    ['SESTANTE_REJECTED_DAYS', '3651', false],
    ['SESTANTE_DEAD_LETTER_DAYS', '0', false],
    ['SESTANTE_DEAD_LETTER_DAYS', '1', true],
    ['SESTANTE_DEAD_LETTER_DAYS', '2', true],
    ['SESTANTE_DEAD_LETTER_DAYS', '3649', true],
    ['SESTANTE_DEAD_LETTER_DAYS', '3650', true],
    ['SESTANTE_DEAD_LETTER_DAYS', '3651', false],
    ...['SESTANTE_ACTIVITY_MONTHS', 'SESTANTE_EVIDENCE_MONTHS', 'SESTANTE_DECISION_MONTHS'].flatMap(
      (name) =>
        [
          [name, '0', false],
          [name, '1', true],
          [name, '2', true],
          [name, '1.5', false],
          [name, '119', true],
          [name, '120', true],
          [name, '121', false],
        ] as const,
    ),
    ['SESTANTE_EXPORT_DAYS', '0', false],
    ['SESTANTE_EXPORT_DAYS', '1', true],
    ['SESTANTE_EXPORT_DAYS', '2', true],
    ['SESTANTE_EXPORT_DAYS', '29', true],
    ['SESTANTE_EXPORT_DAYS', '30', true],
    ['SESTANTE_EXPORT_DAYS', '31', false],
    ['SESTANTE_PARTITIONS', '0', false],
    ['SESTANTE_PARTITIONS', '1', true],
    ['SESTANTE_PARTITIONS', '999', true],
    ['SESTANTE_PARTITIONS', '1000', true],
    ['SESTANTE_PARTITIONS', '1001', false],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.01', false],
    ['OTEL_TRACES_SAMPLER_ARG', '0', true],
    ['OTEL_TRACES_SAMPLER_ARG', '0.01', true],
    ['OTEL_TRACES_SAMPLER_ARG', '0.99', true],
    ['OTEL_TRACES_SAMPLER_ARG', '1', true],
    ['OTEL_TRACES_SAMPLER_ARG', '1.01', false],
    ['SESTANTE_WRITE_KEY', 'k'.repeat(15), false],
    ['SESTANTE_WRITE_KEY', 'k'.repeat(16), true],
    ['SESTANTE_WRITE_KEY', 'k'.repeat(17), true],
    ['SESTANTE_API_KEY', 'k'.repeat(15), false],
    ['SESTANTE_API_KEY', 'k'.repeat(16), true],
    ['SESTANTE_API_KEY', 'k'.repeat(17), true],
  ])('%s=%s is taken: %s', (name, text, isTaken) => {
    expect(faultsOf({ [name]: text }).length === 0).toBe(isTaken);
  });
});

describe('an invalid configuration', () => {
  test('is rejected with all its faults, a line for each', () => {
    expect(() => parseConfig({ PORT: 'http', KAFKA_BROKERS: 'localhost', LOG_LEVEL: 'loud' })).toThrow(
      /^the configuration is invalid:\n( {2}PORT .*\n)+( {2}KAFKA_BROKERS .*\n)( {2}LOG_LEVEL .*)$/,
    );
  });

  test('never prints a secret', () => {
    const secrets = { DATABASE_URL: 'mysql://me:hush@db', SESTANTE_WRITE_KEY: 'hush', SESTANTE_API_KEY: 'hush' };
    const faults = faultsOf(secrets);
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('hush');
  });
});

describe('a configuration that is printed', () => {
  const config = parseConfig({
    DATABASE_URL: 'postgres://me:hush-password@db:5432/shop',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://me:hush-password@collector:4318',
    SESTANTE_WRITE_KEY: 'hush-write-key-of-mine',
    SESTANTE_API_KEY: 'hush-api-key-of-mine',
  });

  test.each([
    ['as text', inspect(config)],
    ['inside of something else', inspect({ settings: [config] }, { depth: 5 })],
    ['as JSON', JSON.stringify(config)],
  ])('%s shows *** where a secret is, and the rest', (_, printed) => {
    expect(printed).not.toContain('hush');
    expect(printed).toContain('***');
    expect(printed).toContain('4600');
  });

  test('still contains its secrets', () => {
    expect(config.SESTANTE_API_KEY).toBe('hush-api-key-of-mine');
  });
});
