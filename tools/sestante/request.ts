import { Fault } from './fault.ts';

/** The response of a server. */
export interface Answer {
  readonly status: number;
  /** The parsed body; undefined if it is not JSON. */
  readonly body: unknown;
  /** The value of Retry-After, if given. */
  readonly retryAfterMs: number | undefined;
}

/** The server gave no response: connection refused, connection closed, or timeout. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const timeoutMs = 30_000;

/** Sends one HTTP request without a retry. Throws `Unreachable` if there is no response, and `Fault` if the host does not exist. */
export async function request(url: string, options: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', ...options, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { status: response.status, body: parsed(text), retryAfterMs: waitOf(response.headers.get('retry-after')) };
  } catch (error) {
    const { code, message } = causeOf(error);
    if (code === 'ENOTFOUND') throw new Fault(`The host does not exist: ${url}`, { cause: error });
    throw new Unreachable(code ?? message, { cause: error });
  }
}

/** Whether a retry may succeed: too many requests, or an error of the server. */
export function isTransient({ status }: Answer): boolean {
  return status === 429 || status >= 500;
}

/** The reason of a refusal in one line: the status, and code and detail of problem details if present. */
export function problemText({ status, body }: Answer): string {
  const { code, detail } = (body ?? {}) as { code?: unknown; detail?: unknown };
  return [`status ${status}`, code, detail].filter((part) => part !== undefined).join(': ');
}

function waitOf(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** The message of fetch is "fetch failed"; the reason is in its cause. */
function causeOf(error: unknown): { code?: string; message: string } {
  const { cause, message, name } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return { message: `no response within ${timeoutMs / 1_000} s` };
  return { message: cause?.message ?? message, ...(cause?.code ? { code: cause.code } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
