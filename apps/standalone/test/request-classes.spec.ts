import { describe, expect, test } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { DECORATORS } from '@nestjs/swagger';
import { Config } from '@sestante/runtime';
import { getMetadataStorage, validateSync } from 'class-validator';
import '../publishing/documents.ts';

/** The constraints of a property in `@ApiProperty`. */
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

/** The request classes of all services with their checks, from the metadata of class-validator. */
const classes = [
  ...(getMetadataStorage() as unknown as { validationMetadatas: Map<Type, { propertyName: string }[]> })
    .validationMetadatas,
].filter(([type]) => type !== Config);

const documentedOf = (type: Type, property: string) =>
  Reflect.getMetadata(DECORATORS.API_MODEL_PROPERTIES, type.prototype as object, property) as Documented | undefined;

const properties = classes.flatMap(([type, checks]) =>
  [...new Set(checks.map(({ propertyName }) => propertyName))].map((property) => [type.name, property, type] as const),
);

function isAccepted(type: Type, property: string, value: unknown): boolean {
  const request = Object.assign(new type() as object, { [property]: value });
  return !validateSync(request).some((fault) => fault.property === property);
}

describe.each(properties)('%s.%s', (_, property, type) => {
  const documented = documentedOf(type, property);
  const accepts = (value: unknown) => isAccepted(type, property, value);

  test('is documented', () => {
    expect(documented).toBeDefined();
  });

  test('is optional or nullable if the document says so', () => {
    const defaultValue = (new type() as Record<string, unknown>)[property];
    if (documented!.required !== false) expect(accepts(undefined)).toBe(false);
    else expect(accepts(defaultValue)).toBe(true);
    if (documented!.nullable) expect(accepts(null)).toBe(true);
  });

  test('accepts the listed values, and no others', () => {
    for (const value of documented!.enum ?? []) expect(accepts(value)).toBe(true);
    if (documented!.enum) expect(accepts('none of these')).toBe(false);
    if (documented!.format === 'uuid') expect(accepts('no uuid')).toBe(false);
  });

  test('has the documented limits', () => {
    const { minimum, maximum, type: kind } = documented!;
    if (minimum !== undefined) expect([minimum - 1, minimum, minimum + 1].map(accepts)).toEqual([false, true, true]);
    if (maximum !== undefined) expect([maximum - 1, maximum, maximum + 1].map(accepts)).toEqual([true, true, false]);
    if (kind === 'integer') expect(accepts((minimum ?? 0) + 0.5)).toBe(false);
    if (maximum === undefined && !documented!.enum && (kind === 'integer' || kind === 'number'))
      expect(accepts(1e15)).toBe(true);
  });

  test('has the documented lengths and pattern', () => {
    const { minLength = 0, maxLength = 100_000, type: kind, enum: listed, format, pattern = '' } = documented!;
    // A time zone must also exist.
    if (kind !== String || listed || format || property === 'timeZone') return;
    for (const length of [minLength - 1, minLength, maxLength, maxLength + 1].filter((one) => one >= 0)) {
      const text = 'x'.repeat(length);
      const fits = length >= minLength && length <= maxLength && new RegExp(pattern, 'u').test(text);
      expect([length, accepts(text)]).toEqual([length, fits]);
    }
    if (pattern) expect(accepts('\0')).toBe(new RegExp(pattern, 'u').test('\0'));
  });
});
