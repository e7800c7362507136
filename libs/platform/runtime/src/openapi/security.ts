import type { Access, WriteKeyPlace } from '../auth/access.ts';

/** The schemes by which callers prove who they are, as OpenAPI names them. */
export const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key. Its role decides what it opens; `admin` opens everything.',
  },
  apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same API key.' },
  customerToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of `POST /api/v1/customer-tokens`. It opens one customer, whom it calls `me`.',
  },
  customerTokenQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'access_token',
    description: 'The same token, for an EventSource: it can set no headers.',
  },
  writeKeyBasic: {
    type: 'http',
    scheme: 'basic',
    description: 'The write key of a source as user name, without a password.',
  },
  writeKeyBearer: { type: 'http', scheme: 'bearer', description: 'The write key of a source.' },
  writeKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Write-Key', description: 'The write key of a source.' },
  writeKeyQuery: { type: 'apiKey', in: 'query', name: 'writeKey', description: 'The write key of a source.' },
} as const;

type Scheme = keyof typeof securitySchemes;
type Requirement = Partial<Record<Scheme, readonly string[]>>;

/** A key in the body or in the path is no scheme of OpenAPI: it is a field, or a parameter. */
const writeKeys: Readonly<Record<WriteKeyPlace, readonly Requirement[]>> = {
  headers: [{ writeKeyBasic: [] }, { writeKeyBearer: [] }, { writeKeyHeader: [] }],
  query: [{ writeKeyQuery: [] }],
  body: [{}],
  path: [{}],
};

/** Any one of these opens a route; nothing has to, where there are none. Nothing does, where it is undefined. */
export function securityOf(access: Access | undefined, isStream: boolean): readonly Requirement[] | undefined {
  if (access === undefined) return undefined;
  if (access.kind === 'open') return (access.writeKeyIn ?? []).flatMap((place) => writeKeys[place]);
  const roles = [...new Set(['admin', ...access.roles])];
  const tokens: Requirement[] = [{ customerToken: [] }, ...(isStream ? [{ customerTokenQuery: [] }] : [])];
  return [{ apiKey: roles }, { apiKeyHeader: roles }, ...(access.customer ? tokens : [])];
}
