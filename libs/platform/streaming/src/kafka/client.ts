import { Kafka, type KafkaConfig, logLevel, type Mechanism, type RetryOptions } from 'kafkajs';
import { fixCoordinatorErrors } from './coordinator-errors.ts';
import { stopIdleTimers } from './idle-timer.ts';
import type { Sockets } from './sockets.ts';

/** Few and quick retries: this adapter retries longer failures itself, without limit and with a log line. */
export const quickRetry: RetryOptions = {
  retries: 2,
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  factor: 0.2,
  multiplier: 2,
};

/** Retries for about 5 s as the same member of a group. A new member would have to wait until the old one's session has expired. */
export const patientRetry: RetryOptions = { ...quickRetry, retries: 7 };

/**
 * How long before the end of its session a client authenticates again. It must be less than the remaining lifetime of a renewed token: a shorter
 * session would be authenticated again with every request, which brokers refuse.
 */
const reauthenticateBeforeMs = 5_000;

export interface ClientOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: Mechanism;
  readonly requestTimeoutMs: number;
  readonly sockets: Sockets;
  readonly log: (line: string) => void;
}

/**
 * A new client of kafkajs. It logs nothing by itself: its errors are rejections and are reported once.
 * With `KAFKAJS_LOG_LEVEL=debug` in the environment it writes to the same log.
 */
export function newClient(options: ClientOptions, retry: RetryOptions): Kafka {
  const { brokers, clientId, ssl, sasl, requestTimeoutMs, sockets, log } = options;
  stopIdleTimers();
  fixCoordinatorErrors();
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    requestTimeout: requestTimeoutMs,
    connectionTimeout: Math.min(3_000, requestTimeoutMs),
    reauthenticationThreshold: reauthenticateBeforeMs,
    retry,
    socketFactory: sockets.open,
    logLevel: logLevel.NOTHING,
    logCreator: () => (entry) => log(`kafkajs ${entry.label} ${entry.namespace}: ${JSON.stringify(entry.log)}`),
  });
}
