import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/index.ts';
import { createLogger } from '../../src/logger.ts';
import { openTracing } from '../../src/observe/tracing/tracing.ts';

const src = join(import.meta.dirname, '../../src');
const filesThat = (pattern: RegExp) =>
  globSync('**/*.ts', { cwd: src }).filter((file) => pattern.test(readFileSync(join(src, file), 'utf8')));

test('without a collector, tracing is off', async () => {
  expect(await openTracing(parseConfig({}), createLogger('silent'), ['ingest'])).toBeUndefined();
});

test('without a collector, the libraries are not loaded: only one dynamic import leads to them', () => {
  const using = filesThat(/from '@opentelemetry/);
  expect(using.filter((file) => !file.startsWith('observe/tracing/'))).toEqual([]);
  const folder = /from '[^']*(tracing\/|\.\/)(start|spans|requests|publications|batches|sampler)\.ts'/;
  expect(filesThat(folder).filter((file) => !using.includes(file))).toEqual([]);
  expect(filesThat(/import\('\.\/start\.ts'\)/)).toEqual(['observe/tracing/tracing.ts']);
  expect(using).not.toContain('observe/tracing/tracing.ts');
});
