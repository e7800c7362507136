/** The parts of an OpenAPI 3.1 document that are used here. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<'schemas' | 'responses' | 'securitySchemes', Readonly<Record<string, object>>>>;
  readonly tags: readonly { readonly name: string }[];
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<
      Record<string, { schema?: object; examples?: Readonly<Record<string, { value: unknown }>> }>
    >;
  };
  readonly responses: Readonly<
    Record<string, { description: string; content?: Readonly<Record<string, { schema: object }>> }>
  >;
  /** Undefined if the route declares no access. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}
