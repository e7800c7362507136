import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type { Logger };

/** The process's log: JSON lines on standard output. Nothing personal goes in: log ids, counts and reasons, never bodies. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, redact: ['req.headers.authorization', '*.password', '*.writeKey', '*.apiKey'] });
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
