export { type Backoff, backoffMs } from './backoff.ts';
export { retry, type RetryOptions } from './retry.ts';
