import { STATUS_CODES } from 'node:http';
import { contentType as problemType, problemDetails } from '../http/answer.ts';
import { usualFailures } from './failures.ts';
import type { Route } from './routes.ts';
import type { Failure, Schema } from './says.ts';

/** What a route may answer, by status: what it says itself, and the problems that it names or that any route like it may have. */
export function answersOf(route: Route): Readonly<Record<string, object>> {
  const { told, status } = route;
  const type = told?.as ?? route.contentType ?? 'application/json';
  const also = Object.entries(told?.also ?? {}).map(
    ([other, schema]) => [other, answerWith(Number(other), schema ?? undefined, type)] as const,
  );
  return {
    ...problemsOf([...usualFailures(route), ...route.failures]),
    [status]: answerWith(status, told?.answers, type),
    ...Object.fromEntries(also),
  };
}

function answerWith(status: number, schema: Schema | undefined, type: string): object {
  const description = STATUS_CODES[status]!;
  return schema === undefined ? { description } : { description, content: { [type]: { schema } } };
}

/** An answer for each status, with the codes that it may have. */
export function problemsOf(failures: readonly Failure[]): Readonly<Record<string, object>> {
  const codesOf = new Map<number, Set<string>>();
  for (const { status, codes } of failures)
    codesOf.set(status, (codesOf.get(status) ?? new Set()).union(new Set(codes)));
  return Object.fromEntries([...codesOf].map(([status, codes]) => [status, problemWith(status, [...codes])]));
}

function problemWith(status: number, codes: readonly string[]): object {
  const schema = {
    allOf: [problemDetails, { properties: { status: { const: status }, code: { enum: codes } } }],
  };
  return {
    description: `${STATUS_CODES[status]!}: ${codes.join(', ')}.`,
    ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
    content: { [problemType]: { schema } },
  };
}

const retryAfter = {
  'Retry-After': { description: 'After how many seconds it may go well.', schema: { type: 'integer', minimum: 1 } },
};
