import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { published, schemas } from '../publishing/documents.ts';
import { type PublishedSchemas, publishedSchemas } from '../publishing/published-schemas.ts';
import { idOf } from '../src/asyncapi.ts';

describe('the contracts of this repository', () => {
  test.each(schemas.map((schema) => [idOf(schema), schema] as const))('%s equals its published schema', (_, schema) => {
    expect(published.problemOf(schema)).toBeUndefined();
  });

  test('every published schema is still declared', () => {
    expect(published.undeclared(schemas)).toEqual([]);
  });
});

describe('a published schema', () => {
  const command = 'npm run publish-contracts -w @sestante/contracts';
  const first = Type.Object({ name: Type.String() }, { $id: 'gift-given.v1' });
  const grown = Type.Object({ name: Type.String(), note: Type.Optional(Type.String()) }, { $id: 'gift-given.v1' });
  const broken = Type.Object({ name: Type.Number(), price: Type.Number() }, { $id: 'gift-given.v1' });
  const problem = `gift-given.v1 is published and must not change in these ways:
  $.price: became required
  $.name: type changed from "string" to "number"
The log contains old messages, and old readers run at the same time as new ones. Undo the change, or declare a new version.`;

  let folder: string;
  let gifts: PublishedSchemas;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'published-'));
    gifts = publishedSchemas(folder);
    await gifts.publish(first);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is stored as JSON in a file of its name', () => {
    expect(JSON.parse(readFileSync(join(folder, 'gift-given.v1.json'), 'utf8'))).toEqual({
      $id: 'gift-given.v1',
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' } },
    });
  });

  test('has no problem if it is unchanged', () => {
    expect(gifts.problemOf(first)).toBeUndefined();
  });

  test('must be published again after a compatible change', async () => {
    expect(gifts.problemOf(grown)).toBe(
      `gift-given.v1 has compatible changes that are not published. Publish it again: ${command}`,
    );
    await gifts.publish(grown);
    expect(gifts.problemOf(grown)).toBeUndefined();
  });

  test('rejects an incompatible change with each fault, and stays unchanged', async () => {
    expect(gifts.problemOf(broken)).toBe(problem);
    await expect(gifts.publish(broken)).rejects.toThrow(problem);
    expect(gifts.problemOf(first)).toBeUndefined();
  });

  test('may have a new version, which must be published', () => {
    const second = Type.Object({}, { $id: 'gift-given.v2' });
    expect(gifts.problemOf(second)).toBe(`gift-given.v2 is not published yet. Publish it: ${command}`);
  });

  test('is reported if it is no longer declared', () => {
    expect(gifts.undeclared([])).toEqual(['gift-given.v1']);
    expect(gifts.undeclared([grown])).toEqual([]);
  });
});
