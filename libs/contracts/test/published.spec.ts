import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { published, schemas } from '../publishing/documents.ts';
import { type PublishedSchemas, publishedSchemas } from '../publishing/published-schemas.ts';
import { idOf } from '../src/asyncapi.ts';

describe('the contracts of this repository', () => {
  test.each(schemas.map((schema) => [idOf(schema), schema] as const))('%s is what was published', (_, schema) => {
    expect(published.complaintAbout(schema)).toBeUndefined();
  });

  test('every published schema is still declared: somebody may rely on it', () => {
    expect(published.missingFrom(schemas)).toEqual([]);
  });
});

describe('a published schema', () => {
  const command = 'npm run publish-contracts -w @sestante/contracts';
  const first = Type.Object({ name: Type.String() }, { $id: 'gift-given.v1' });
  const grown = Type.Object({ name: Type.String(), note: Type.Optional(Type.String()) }, { $id: 'gift-given.v1' });
  const broken = Type.Object({ name: Type.Number(), price: Type.Number() }, { $id: 'gift-given.v1' });
  const complaint = `gift-given.v1 is published and may not change like this:
  $.price: became required
  $.name: type changed from "string" to "number"
Old messages lie in the log, and old readers run beside new ones. Undo it, or declare the next version beside it.`;

  let folder: string;
  let gifts: PublishedSchemas;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'published-'));
    gifts = publishedSchemas(folder);
    await gifts.publish(first);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('lies in a file of its name, as JSON', () => {
    expect(JSON.parse(readFileSync(join(folder, 'gift-given.v1.json'), 'utf8'))).toEqual({
      $id: 'gift-given.v1',
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' } },
    });
  });

  test('is fine as long as it stays as it is', () => {
    expect(gifts.complaintAbout(first)).toBeUndefined();
  });

  test('has to be published again, by a named command, when it has grown compatibly', async () => {
    expect(gifts.complaintAbout(grown)).toBe(
      `gift-given.v1 has grown since it was published, compatibly. Publish it again: ${command}`,
    );
    await gifts.publish(grown);
    expect(gifts.complaintAbout(grown)).toBeUndefined();
  });

  test('refuses a change that breaks it, names each fault, and stays as it was', async () => {
    expect(gifts.complaintAbout(broken)).toBe(complaint);
    await expect(gifts.publish(broken)).rejects.toThrow(complaint);
    expect(gifts.complaintAbout(first)).toBeUndefined();
  });

  test('may have a next version beside it, which is published first', () => {
    const second = Type.Object({}, { $id: 'gift-given.v2' });
    expect(gifts.complaintAbout(second)).toBe(`gift-given.v2 is not published yet. Publish it: ${command}`);
  });

  test('is missed when nobody declares it any more', () => {
    expect(gifts.missingFrom([])).toEqual(['gift-given.v1']);
    expect(gifts.missingFrom([grown])).toEqual([]);
  });
});
