import type { SchemaObject } from '@nestjs/swagger';

/** A schema of TypeBox, or another JSON Schema, for the decorators of `@nestjs/swagger`, whose types know OpenAPI 3.0 only. What has an `$id` stands once in the document, under that name. */
export const jsonSchema = (schema: object): SchemaObject => schema;
