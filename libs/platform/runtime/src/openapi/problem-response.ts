import { STATUS_CODES } from 'node:http';
import { contentType, problemDetailsSchema } from '../http/problem-details.ts';

/** An OpenAPI response object whose body is problem details. */
export interface ProblemResponse {
  readonly description: string;
  readonly headers?: object;
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}

type Codes = { readonly properties: { readonly code: { readonly enum: readonly string[] } } };

/** The response for the problems of one status, merged with an earlier response for it. */
export function problemResponse(
  status: number,
  codes: readonly string[],
  before: Partial<ProblemResponse> = {},
): ProblemResponse {
  const all = [...new Set([...codesOf(before), ...codes])];
  const schema = {
    allOf: [problemDetailsSchema, { properties: { status: { const: status }, code: { enum: all } } }],
  };
  return {
    description: `${STATUS_CODES[status]!}: ${all.join(', ')}.`,
    ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
    content: { ...before.content, [contentType]: { schema } },
  };
}

/** The codes of the problems of a response. */
export function codesOf({ content = {} }: Partial<ProblemResponse>): readonly string[] {
  const { allOf = [] } = (content[contentType]?.schema ?? {}) as { allOf?: readonly [object, Codes] };
  return (allOf[1] as Codes | undefined)?.properties.code.enum ?? [];
}

const retryAfter = {
  'Retry-After': {
    description: 'The number of seconds after which to retry.',
    schema: { type: 'integer', minimum: 1 },
  },
};
