import type { SchemaObject } from '@nestjs/swagger';

/** A TypeBox schema or another JSON Schema for the decorators of `@nestjs/swagger`, whose types support OpenAPI 3.0 only. A schema with an `$id` becomes a component with that name. */
export const jsonSchema = (schema: object): SchemaObject => schema;
