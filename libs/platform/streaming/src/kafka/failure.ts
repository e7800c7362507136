import { explained } from './explain.ts';

/** What kafkajs tells about an error, in the parts that are used here. It wraps the error that matters in one or two others. */
interface KafkaFailure extends Error {
  readonly retriable?: boolean;
  /** The protocol's name of an error that a broker answered with. */
  readonly type?: string;
  /** The errors of the single topics, where a request was about several. */
  readonly errors?: readonly KafkaFailure[];
}

/** May have happened all the same: the broker did not say in time. */
const unknownEnds = ['REQUEST_TIMED_OUT', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'];
/** Wrong credentials, a broker that is too old, a wrong argument. All else without an answer is an outage, whatever kafkajs calls it. */
const lastingFailures = [
  'KafkaJSSASLAuthenticationError',
  'KafkaJSServerDoesNotSupportApiKey',
  'KafkaJSNonRetriableError',
];

/** What the cluster does not let this client do: topics, groups, the cluster itself. */
const notAuthorized = /AUTHORIZATION_FAILED$/;

export function rootOf(error: unknown): KafkaFailure {
  const failure: KafkaFailure = error instanceof Error ? error : new Error(String(error));
  const inner = failure.errors?.find(({ type }) => type !== 'TOPIC_ALREADY_EXISTS') ?? failure.cause;
  return failure.name.startsWith('KafkaJS') && inner instanceof Error ? rootOf(inner) : failure;
}

export function reasonOf(error: unknown): string {
  return explained(rootOf(error));
}

/** Waiting may help: no broker answers, or the one that does is not ready. */
export function isTransient(error: unknown): boolean {
  const { name, type, retriable } = rootOf(error);
  return type === undefined ? !lastingFailures.includes(name) : retriable === true;
}

/** Nobody knows whether it was done. */
export function isUnknown(error: unknown): boolean {
  const { name, type } = rootOf(error);
  return name === 'KafkaJSRequestTimeoutError' || unknownEnds.includes(type ?? '');
}

/** The broker itself has refused: the connection to it is sound. */
export function isAnswer(error: unknown): boolean {
  return rootOf(error).type !== undefined;
}

/** The cluster lets the client in, and does not let it do this. */
export function isUnauthorized(error: unknown): boolean {
  return notAuthorized.test(rootOf(error).type ?? '');
}

/** The cluster does not let the client in, or not do this. No message is to blame, and who grants the right mends it. */
export function isRefusal(error: unknown): boolean {
  return isUnauthorized(error) || rootOf(error).name === 'KafkaJSSASLAuthenticationError';
}
