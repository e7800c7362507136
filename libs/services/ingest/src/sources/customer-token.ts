import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

const name = 'x-customer-token';

/** Decorates a route that accepts the token of a customer beside a browser key. */
export const TakesCustomerToken = () =>
  applyDecorators(
    ApiHeader({
      name: 'X-Customer-Token',
      required: false,
      schema: { type: 'string' },
      description:
        'The token of the customer who uses the page, beside a browser key: then the activities of this customer are their word and not only that of a page. An event may have it in `context.customerToken` instead.',
    }),
  );

/** The customer token in the headers of a request. */
export function customerTokenOf({ headers }: FastifyRequest): string | undefined {
  const token = headers[name];
  return typeof token === 'string' && token !== '' ? token : undefined;
}
