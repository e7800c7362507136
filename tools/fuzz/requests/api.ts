import type { Document, Operation } from '@sestante/runtime/openapi';
import type { Schema } from '../values/from-schema.ts';

/** One operation of a document, with where it stands. */
export interface Route extends Operation {
  readonly method: string;
  readonly template: string;
}

/** What a process says of itself. */
export interface Api {
  readonly document: Document;
  readonly routes: readonly Route[];
  /** The schema that a reference of the document names. */
  find(reference: string): Schema;
  /** The properties of every activity that it knows, by name. */
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
