import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config, secretFiles, variables } from '../src/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');

/** The cells of the table of variables, a row each. */
const rows = /\| variable .*\n\|[ -|]*\n((?:\|.*\n)+)/
  .exec(page)![1]!
  .trim()
  .split('\n')
  .map((row) => row.split('|').map((cell) => cell.trim()));
const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

describe('docs/configuration.md', () => {
  test('lists exactly the variables', () => {
    const named = rows.flatMap(([, names]) => namesIn(names!));
    expect(named.sort()).toEqual([...variables(), ...secretFiles()].sort());
  });

  test('has the defaults', () => {
    const defaults = Object.entries(new Config()).filter(([, value]) => value !== undefined);
    expect(defaults.length).toBeGreaterThan(5);
    for (const [name, value] of defaults) {
      const row = rows.find(([, names]) => namesIn(names!)[0] === name);
      expect([name, row?.[3]]).toEqual([name, String(value) === '' ? 'none' : `\`${String(value)}\``]);
    }
  });
});
