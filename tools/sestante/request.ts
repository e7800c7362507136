import { Fault } from './fault.ts';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  /** Parsed, or undefined where it is not JSON. */
  readonly body: unknown;
  /** After how long it wants to be asked again, if it said so. */
  readonly retryAfterMs: number | undefined;
}

/** Nobody answered: refused, cut off, or too slow. */
export class Away extends Error {
  override readonly name = 'Away';
}

const patienceMs = 30_000;

/** One HTTP request, once. Throws `Away` when there is no answer, and `Fault` when there never can be one. */
export async function request(url: string, options: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', ...options, signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    return { status: response.status, body: parsed(text), retryAfterMs: waitOf(response.headers.get('retry-after')) };
  } catch (error) {
    const { code, message } = causeOf(error);
    if (code === 'ENOTFOUND') throw new Fault(`There is no server by that name: ${url}`, { cause: error });
    throw new Away(code ?? message, { cause: error });
  }
}

/** Whether the same request may succeed later: too many requests, or a server in trouble. */
export function isPassing({ status }: Answer): boolean {
  return status === 429 || status >= 500;
}

/** What a refusal says, in a line: its status and, if it explained itself as problem details, its words. */
export function refusalOf({ status, body }: Answer): string {
  const { code, detail } = (body ?? {}) as { code?: unknown; detail?: unknown };
  return [`status ${status}`, code, detail].filter((part) => part !== undefined).join(': ');
}

function waitOf(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** fetch says "fetch failed", and why only in its cause. */
function causeOf(error: unknown): { code?: string; message: string } {
  const { cause, message, name } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return { message: `no answer within ${patienceMs / 1_000} s` };
  return { message: cause?.message ?? message, ...(cause?.code ? { code: cause.code } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
