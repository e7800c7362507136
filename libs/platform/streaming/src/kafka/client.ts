import { Kafka, type KafkaConfig, logLevel, type Mechanism, type RetryOptions } from 'kafkajs';
import { tellCoordinatorReasons } from './coordinator-reason.ts';
import { stopIdleTimers } from './idle-timer.ts';
import type { Sockets } from './sockets.ts';

/** Few and quick: what lasts longer is tried again by this adapter, which says so and goes on for ever. */
export const quickRetry: RetryOptions = {
  retries: 2,
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  factor: 0.2,
  multiplier: 2,
};

/** Rides out about 5 s as the same member of a group. One that comes back as a new member waits until the old one counts as dead. */
export const patientRetry: RetryOptions = { ...quickRetry, retries: 7 };

/**
 * So long before the end of its session a client says again who it is. Less than what tokens have left when new ones are asked for: a session that
 * begins with less would begin again with every request, and brokers refuse that.
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
 * A new client of kafkajs. It says nothing by itself: its errors come back as rejections and are reported once.
 * `KAFKAJS_LOG_LEVEL=debug` in the environment lets it speak, into the same log.
 */
export function newClient(options: ClientOptions, retry: RetryOptions): Kafka {
  const { brokers, clientId, ssl, sasl, requestTimeoutMs, sockets, log } = options;
  stopIdleTimers();
  tellCoordinatorReasons();
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
