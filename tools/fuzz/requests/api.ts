import type { Document, Operation } from '@sestante/runtime/openapi';
import type { Schema } from '../values/from-schema.ts';

/** One operation of a document with its method and path template. */
export interface Route extends Operation {
  readonly method: string;
  readonly template: string;
}

/** The OpenAPI document and the vocabulary of a process. */
export interface Api {
  readonly document: Document;
  readonly routes: readonly Route[];
  /** Resolves a reference of the document to its schema. */
  find(reference: string): Schema;
  /** The schemas of the properties of every activity, by name. */
  readonly vocabulary: Readonly<Record<string, Schema>>;
}

export async function readApi(url: string): Promise<Api> {
  const read = async (path: string) => (await fetch(url + path)).json();
  const document = (await read('/openapi.json')) as Document;
  const { $defs: vocabulary } = (await read('/api/v1/vocabulary')) as { $defs: Record<string, Schema> };
  const schemas = document.components.schemas as Readonly<Record<string, Schema>>;
  return {
    document,
    vocabulary,
    routes: Object.entries(document.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, template, method: method.toUpperCase() })),
    ),
    find: (reference) => schemas[reference.slice(reference.lastIndexOf('/') + 1)]!,
  };
}
