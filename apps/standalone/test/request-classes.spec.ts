import { describe, expect, test } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { DECORATORS } from '@nestjs/swagger';
import { Config } from '@sestante/runtime';
import { getMetadataStorage, validateSync } from 'class-validator';
import '../publishing/documents.ts';

/** What `@ApiProperty` says of a property, as far as it limits it. */
interface Documented {
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/** The request classes of all services, by what class-validator knows. */
const classes = [
  ...(getMetadataStorage() as unknown as { validationMetadatas: Map<Type, { propertyName: string }[]> })
    .validationMetadatas,
].filter(([type]) => type !== Config);

const documentedOf = (type: Type, property: string) =>
  Reflect.getMetadata(DECORATORS.API_MODEL_PROPERTIES, type.prototype as object, property) as Documented | undefined;

const properties = classes.flatMap(([type, checks]) =>
  [...new Set(checks.map(({ propertyName }) => propertyName))].map((property) => [type.name, property, type] as const),
);

function isTaken(type: Type, property: string, value: unknown): boolean {
  const request = Object.assign(new type() as object, { [property]: value });
  return !validateSync(request).some((fault) => fault.property === property);
}

describe.each(properties)('%s.%s', (_, property, type) => {
  const said = documentedOf(type, property);
  const takes = (value: unknown) => isTaken(type, property, value);

  test('is documented', () => {
    expect(said).toBeDefined();
  });

  test('may be left out, or be null, where the document says so', () => {
    const usual = (new type() as Record<string, unknown>)[property];
    if (said!.required !== false) expect(takes(undefined)).toBe(false);
    else expect(takes(usual)).toBe(true);
    if (said!.nullable) expect(takes(null)).toBe(true);
  });

  test('takes what is listed, and nothing else', () => {
    for (const value of said!.enum ?? []) expect(takes(value)).toBe(true);
    if (said!.enum) expect(takes('none of these')).toBe(false);
    if (said!.format === 'uuid') expect(takes('no uuid')).toBe(false);
  });

  test('has the limits that the document says', () => {
    const { minimum, maximum, type: kind } = said!;
    if (minimum !== undefined) expect([minimum - 1, minimum, minimum + 1].map(takes)).toEqual([false, true, true]);
    if (maximum !== undefined) expect([maximum - 1, maximum, maximum + 1].map(takes)).toEqual([true, true, false]);
    if (kind === 'integer') expect(takes((minimum ?? 0) + 0.5)).toBe(false);
    if (maximum === undefined && (kind === 'integer' || kind === 'number')) expect(takes(1e15)).toBe(true);
  });

  test('has the lengths and the pattern that the document says', () => {
    const { minLength = 0, maxLength = 100_000, type: kind, enum: listed, format, pattern = '' } = said!;
    // A time zone has to be one.
    if (kind !== String || listed || format || property === 'timeZone') return;
    for (const length of [minLength - 1, minLength, maxLength, maxLength + 1].filter((one) => one >= 0)) {
      const text = 'x'.repeat(length);
      const fits = length >= minLength && length <= maxLength && new RegExp(pattern, 'u').test(text);
      expect([length, takes(text)]).toEqual([length, fits]);
    }
    if (pattern) expect(takes('\0')).toBe(new RegExp(pattern, 'u').test('\0'));
  });
});
