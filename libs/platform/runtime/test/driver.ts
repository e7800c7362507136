import { expect } from '@jest/globals';
import { type DynamicModule, type Type } from '@nestjs/common';
import { boot, parseConfig, type RunningProcess } from '../src/index.ts';

export const apiKey = 'api-key-of-the-tests';

/** Starts a process with these modules on a free port and the given database, without waiting for readiness. */
export function start(databaseUrl: string, ...modules: (Type | DynamicModule)[]): Promise<RunningProcess> {
  return startWith({ DATABASE_URL: databaseUrl }, ...modules);
}

/** The same, with more variables in its environment. */
export function startWith(
  variables: Readonly<Record<string, string>>,
  ...modules: (Type | DynamicModule)[]
): Promise<RunningProcess> {
  const usual = { PORT: '0', SESTANTE_API_KEY: apiKey, LOG_LEVEL: 'silent' };
  return boot(modules as Type[], parseConfig({ ...usual, ...variables }));
}

export const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

/** The problem details of a response; fails for any other body. */
export async function problemOf(response: Response): Promise<{ status: number; code: string; detail: string }> {
  const text = await response.text();
  expect([response.headers.get('content-type'), text]).toEqual([
    expect.stringMatching(/^application\/problem\+json\b/),
    expect.stringContaining('"code"'),
  ]);
  const problem = JSON.parse(text) as { status: number; code: string; detail: string };
  expect(problem).toMatchObject({ type: 'about:blank', title: expect.any(String), status: response.status });
  return problem;
}
