import type { SecuritySchemeObject } from '@nestjs/swagger';

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
} as const satisfies Readonly<Record<string, SecuritySchemeObject>>;
