import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readTarget } from './target.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'target-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the target', () => {
  it('is read from keys.json and the port', () => {
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ writeKey: 'w', apiKey: 'a' }));
    expect(readTarget({ SESTANTE_DATA: folder, PORT: '4700' })).toEqual({
      url: 'http://127.0.0.1:4700',
      writeKey: 'w',
      apiKey: 'a',
      keysFrom: join(folder, 'keys.json'),
    });
  });

  it('is read from variables first; empty ones do not count', () => {
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ writeKey: 'w', apiKey: 'a' }));
    const environment = {
      SESTANTE_DATA: folder,
      SESTANTE_URL: 'https://s.example/',
      SESTANTE_WRITE_KEY: 'x',
      SESTANTE_API_KEY: '',
    };
    expect(readTarget(environment)).toEqual({
      url: 'https://s.example',
      writeKey: 'x',
      apiKey: 'a',
      keysFrom: 'SESTANTE_WRITE_KEY',
    });
  });

  it('is a fault without keys, with keys that are not JSON, and with an invalid address', () => {
    expect(() => readTarget({ SESTANTE_DATA: folder })).toThrow(/No keys: .*npm start/);
    expect(() => readTarget({ SESTANTE_URL: 'ftp://x' })).toThrow('SESTANTE_URL must be an address');
    writeFileSync(join(folder, 'keys.json'), '{');
    expect(() => readTarget({ SESTANTE_DATA: folder })).toThrow('is not JSON');
  });
});
