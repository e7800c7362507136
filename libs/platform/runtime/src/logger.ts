import type { LoggerService } from '@nestjs/common';
import { types } from 'node:util';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

const secrets = ['req.headers.authorization', 'req.headers["x-write-key"]', '*.password', '*.writeKey', '*.apiKey'];

/** The process's log: JSON lines on standard output. Nothing personal goes in: log ids, counts and reasons, never bodies. */
export function createLogger(level: string, destination: DestinationStream = process.stdout): Logger {
  return pino({ level, base: null, redact: secrets, serializers: { err: factsOf } }, destination);
}

/** What an error says about the program. Errors of the database carry their statement's parameters as well, which are about customers. */
function factsOf(error: unknown): object {
  if (!types.isNativeError(error)) return { type: typeof error };
  const { name, message, stack, code, cause } = error as Error & { code?: unknown };
  return { type: name, message, code, stack, ...(cause === undefined ? {} : { cause: factsOf(cause) }) };
}

/** Nest's own lines in the same log; its chatter about wiring is kept for `debug`. */
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
