import fc from 'fast-check';
import type { Route } from './api.ts';

type Headers = Readonly<Record<string, string>>;

const contentTypes = [
  'application/json',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/json; charset=utf-16',
  ';',
  '@@@',
  '',
  `application/json; ${'x'.repeat(9_000)}`,
  'application/json; charset=iso-8859-1',
  'a/b/c',
];

const names = [
  ...['accept', 'accept-encoding', 'accept-language', 'content-type', 'cookie', 'if-none-match', 'origin', 'range'],
  ...['host', 'x-forwarded-proto', 'x-forwarded-for', 'x-forwarded-host', 'x-request-id', 'traceparent', 'referer'],
  ...['ce-id', 'ce-source', 'ce-type', 'ce-specversion', 'ce-time', 'ce-subject', 'ce-data', 'ce-__proto__'],
  ...['last-event-id', 'access-control-request-method', 'access-control-request-headers', 'x-http-method-override'],
];

const values = ['', ' ', '*', 'null', 'a'.repeat(7_000), 'é', '%', '1.0', 'https://shop.example', 'text/event-stream'];

/** Mostly with any content type; sometimes with known headers and odd values. */
export function headersOf({ parameters, requestBody }: Route): fc.Arbitrary<Headers> {
  const own = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const value = fc.oneof(fc.constantFrom(...values), fc.string({ maxLength: 20 }));
  const odd: fc.Arbitrary<Headers> = fc.dictionary(fc.constantFrom(...names, ...own), value, { maxKeys: 3 });
  const fitting = Object.keys(requestBody?.content ?? {});
  const typed = fc
    .constantFrom(...contentTypes, ...fitting, ...fitting)
    .map((type): Headers => ({ 'content-type': type }));
  return fc.oneof({ weight: 4, arbitrary: typed }, { weight: 1, arbitrary: odd });
}
