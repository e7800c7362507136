import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isInstalled } from './install.ts';
import { load } from './internals.ts';

/** Runs a module in a Node process of its own, with the names of the streaming library and its exports. */
async function inNode(script: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
  });
  return stdout.trim();
}

const state = `
  const { isInstalled } = await import('@sestante/streaming').then(() => import(${JSON.stringify(distOf('install.js'))}));
  const load = (await import('node:module')).createRequire(${JSON.stringify(import.meta.url)});
  const { name } = load('kafkajs/src/protocol/recordBatch/v0/decoder.js');
  console.log(isInstalled, name === 'decodeBatch');`;

function distOf(file: string): string {
  return new URL(`../../../dist/kafka/wire/${file}`, import.meta.url).href;
}

describe('the functions in the place of those of kafkajs', () => {
  test('are used in a process of Node that imports the library', async () => {
    expect(await inNode(state)).toBe('true true');
  });

  test('are not used if kafkajs has been loaded before', async () => {
    expect(await inNode(`await import('kafkajs'); ${state}`)).toBe('false false');
  });

  test('are not used in another version of kafkajs', async () => {
    const update = `import { createRequire } from 'node:module';
      createRequire(${JSON.stringify(import.meta.url)})('kafkajs/package.json').version = '2.2.5';`;
    expect(await inNode(`${update} ${state}`)).toBe('false false');
  });

  test('are used in the tests', () => {
    expect(isInstalled).toBe(true);
    expect(load('kafkajs/src/protocol/recordBatch/v0/decoder.js').name).toBe('decodeBatch');
  });
});
