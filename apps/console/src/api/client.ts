import createClient from 'openapi-fetch';
import { noteSessionEnded } from './ended-session.ts';
import type { paths } from './openapi.d.ts';

/** An error response of the API, or no response at all (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** All members of the problem details. */
    readonly problem: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'ApiError';
  }
}

/** The API of all services. The session is in a cookie, which the browser adds. */
export const api = createClient<paths>({ baseUrl: location.origin });
api.use({
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/api/v1/sessions')) noteSessionEnded();
  },
});

interface Called<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of a response. Throws `ApiError` for a problem, and if the server cannot be reached. */
export async function dataOf<Data>(call: Promise<Called<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch(() => {
    throw new ApiError(0, 'unreachable', '');
  });
  if (response.ok) return data as Data;
  const problem = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  throw new ApiError(response.status, String(problem['code'] ?? 'unknown'), String(problem['detail'] ?? ''), problem);
}
