/**
 * SQLSTATE classes and codes that pass by themselves: connection, resources, operator intervention, read-only after a failover, idle for
 * too long, serialization and deadlock, locks.
 */
const passing = /^(08|53|57|25006$|25P03$|40001$|40P01$|55P03$)/;
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENOENT',
]);
const lost =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Driver not Connected|is not (yet )?established|Cannot use a pool after calling end/i;

/** True where the same statement may succeed later without any change: the server is away, busy, or asked for another try. */
export function isPassing(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  if (typeof code === 'string' && (passing.test(code) || network.has(code))) return true;
  if (Array.isArray(errors) && errors.some(isPassing)) return true;
  return typeof message === 'string' && lost.test(message);
}

interface Facts {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly unknown[];
  /** Of a connection that could not be made: the host, or the path of a socket. */
  readonly address?: string;
}

/** One line that says what happened, also for errors that gather others (a host with several addresses). */
export function reasonOf(error: unknown): string {
  const { code, message, errors, address } = (error ?? {}) as Facts;
  // Where our socket lies is nobody's business.
  if (message && address?.startsWith('/')) return message.replace(address, 'the socket');
  if (message) return message;
  if (errors?.length) return reasonOf(errors[0]);
  return code ?? String(error);
}
