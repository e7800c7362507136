import { explain } from './explain.ts';

/** The fields of kafkajs errors that are used here. kafkajs wraps the original error in one or two others. */
interface KafkaFailure extends Error {
  readonly retriable?: boolean;
  /** The name of the protocol error that a broker returned. */
  readonly type?: string;
  /** The errors of single topics, if a request was about several. */
  readonly errors?: readonly KafkaFailure[];
}

/** Errors after which the operation may have been done: the broker did not respond in time. */
const unknownOutcomes = ['REQUEST_TIMED_OUT', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'];
/** Wrong credentials, a broker that is too old, an invalid argument. Any other failure without a response is an outage. */
const permanentFailures = [
  'KafkaJSSASLAuthenticationError',
  'KafkaJSServerDoesNotSupportApiKey',
  'KafkaJSNonRetriableError',
];

/** Denied operations on topics, groups or the cluster. */
const notAuthorized = /AUTHORIZATION_FAILED$/;

export function rootCauseOf(error: unknown): KafkaFailure {
  const failure: KafkaFailure = error instanceof Error ? error : new Error(String(error));
  const inner = failure.errors?.find(({ type }) => type !== 'TOPIC_ALREADY_EXISTS') ?? failure.cause;
  return failure.name.startsWith('KafkaJS') && inner instanceof Error ? rootCauseOf(inner) : failure;
}

export function reasonOf(error: unknown): string {
  return explain(rootCauseOf(error));
}

/** Whether a retry may help: no broker responds, or the broker is not ready. */
export function isTransient(error: unknown): boolean {
  const { name, type, retriable } = rootCauseOf(error);
  return type === undefined ? !permanentFailures.includes(name) : retriable === true;
}

/** Whether the operation may have been done despite the error. */
export function isOutcomeUnknown(error: unknown): boolean {
  const { name, type } = rootCauseOf(error);
  return name === 'KafkaJSRequestTimeoutError' || unknownOutcomes.includes(type ?? '');
}

/** Whether a broker returned the error: the connection to it works. */
export function isBrokerResponse(error: unknown): boolean {
  return rootCauseOf(error).type !== undefined;
}

/** Whether the client is authenticated, but not authorized for the operation. */
export function isUnauthorized(error: unknown): boolean {
  return notAuthorized.test(rootCauseOf(error).type ?? '');
}

/** Whether authentication or authorization failed. Messages are not the cause, and an administrator can fix it. */
export function isRefusal(error: unknown): boolean {
  return isUnauthorized(error) || rootCauseOf(error).name === 'KafkaJSSASLAuthenticationError';
}
