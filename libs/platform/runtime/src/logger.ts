import type { LoggerService } from '@nestjs/common';
import { types } from 'node:util';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

const secrets = ['req.headers.authorization', 'req.headers["x-write-key"]', '*.password', '*.writeKey', '*.apiKey'];

/** The log of the process: JSON lines on standard output. Log ids, counts and reasons, never bodies or personal data. */
export function createLogger(level: string, destination: DestinationStream = process.stdout): Logger {
  return pino({ level, base: null, redact: secrets, serializers: { err: serializeError } }, destination);
}

/** The fields of an error that may be logged. Database errors also have the parameters of their statement, which may be personal data. */
function serializeError(error: unknown): object {
  if (!types.isNativeError(error)) return { type: typeof error };
  const { name, message, stack, code, cause } = error as Error & { code?: unknown };
  return { type: name, message, code, stack, ...(cause === undefined ? {} : { cause: serializeError(cause) }) };
}

/** Writes Nest's own lines to the same log; its lines about modules and routes have the level `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  const line = (message: unknown, rest: unknown[]) =>
    [{ context: rest.at(-1) }, message instanceof Error ? message.message : String(message)] as const;
  return {
    log: (message, ...rest) => logger.debug(...line(message, rest)),
    error: (message, ...rest) => logger.error(...line(message, rest)),
    warn: (message, ...rest) => logger.warn(...line(message, rest)),
    debug: (message, ...rest) => logger.debug(...line(message, rest)),
    verbose: (message, ...rest) => logger.trace(...line(message, rest)),
  };
}
