/**
 * SQLSTATE classes and codes after which a retry may succeed: connection, resources, operator intervention, read-only after a failover, idle
 * timeout, serialization failure and deadlock, locks.
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
 * Whether a retry without any change may succeed. The property `retriable` of an error decides. Without it, an error is retriable if the
 * server is unreachable, is busy, or asked for a retry.
 */
export function isRetriable(error: unknown): boolean {
  const { code, message, errors, retriable } = (error ?? {}) as Partial<Record<string, unknown>>;
  if (typeof retriable === 'boolean') return retriable;
  if (typeof code === 'string' && (retriableStates.test(code) || network.has(code))) return true;
  if (Array.isArray(errors) && errors.some(isRetriable)) return true;
  return typeof message === 'string' && lost.test(message);
}

interface ErrorDetails {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly unknown[];
  /** For a failed connection: the host, or the path of a socket. */
  readonly address?: string;
}

/** The reason of an error in one line, also for aggregate errors (a host with several addresses). */
export function reasonOf(error: unknown): string {
  const { code, message, errors, address } = (error ?? {}) as ErrorDetails;
  // Do not disclose the path of the socket.
  if (message && address?.startsWith('/')) return message.replace(address, 'the socket');
  if (message) return message;
  if (errors?.length) return reasonOf(errors[0]);
  return code ?? String(error);
}
