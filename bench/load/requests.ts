import { eventSource } from './events.ts';

export interface Target {
  readonly port: number;
  readonly writeKey: string;
}

/** A complete POST request as bytes for a socket. */
export function post({ port, writeKey }: Target, path: string, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `authorization: Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

export interface LoadOptions {
  readonly events: number;
  /** The number of events per request; 1 uses the route for single events. */
  readonly eachRequest: number;
  readonly seed: number;
  /** The number of customers in the events. */
  readonly customers?: number;
}

/** Creates requests with new events, before the measurement starts. */
export function requestsOf(target: Target, { events, eachRequest, seed, customers }: LoadOptions): Buffer[] {
  const next = eventSource(seed, customers);
  return Array.from({ length: Math.ceil(events / eachRequest) }, (_, index) => {
    if (eachRequest === 1) return post(target, '/v1/track', next());
    const batch = Array.from({ length: Math.min(eachRequest, events - index * eachRequest) }, () => next());
    return post(target, '/v1/batch', `{"batch":[${batch.join()}]}`);
  });
}
