import type { SecuritySchemeObject } from '@nestjs/swagger';

/** The security schemes of the OpenAPI document. */
export const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key. Its role decides which routes it may call; `admin` may call every route.',
  },
  apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same API key.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'sestante_session',
    description:
      'The session of a browser, from `POST /api/v1/sessions`. It has the role of the API key it was started with.',
  },
  customerToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token from `POST /api/v1/customer-tokens`. It gives access to one customer, whose id in paths may be written as `me`.',
  },
  customerTokenQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'access_token',
    description: 'The same token for an EventSource, which cannot set headers.',
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
