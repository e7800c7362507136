/**
 * SQLSTATE classes and codes after which another attempt may succeed: connection, resources, operator intervention, read-only after a failover, idle for
 * too long, serialization and deadlock, locks.
 */
const retriableStates = /^(08|53|57|25006$|25P03$|40001$|40P01$|55P03$)/;
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

/**
 * Whether the same may succeed later without any change. An error says so itself by `retriable`. Of others it is decided by what they
 * are: the server cannot be reached, is busy, or asked for another attempt.
 */
export function isRetriable(error: unknown): boolean {
  const { code, message, errors, retriable } = (error ?? {}) as Partial<Record<string, unknown>>;
  if (typeof retriable === 'boolean') return retriable;
  if (typeof code === 'string' && (retriableStates.test(code) || network.has(code))) return true;
  if (Array.isArray(errors) && errors.some(isRetriable)) return true;
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
