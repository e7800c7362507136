import { randomUUID } from 'node:crypto';
import { request as dial, type ClientRequest } from 'node:http';
import { basic, type Ingest } from '../driver.ts';

/** A source with a key of its own. */
export interface TestSource {
  readonly id: string;
  readonly name: string;
  readonly writeKey: string;
}

export async function aSource(ingest: Ingest, over: object = {}): Promise<TestSource> {
  const response = await ingest.change('POST /api/v1/sources', { name: randomUUID(), channel: 'store', ...over });
  return (await response.json()) as TestSource;
}

export const line = (over: object = {}) =>
  JSON.stringify({ type: 'page', userId: 'ada', timestamp: '2026-07-01T10:00:00Z', ...over });
/** Lines without message ids. */
export const linesOf = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `${line({ userId: `user-${from + index}` })}\n`).join('');

/** Sends a whole file. */
export function sendFile(
  ingest: Ingest,
  { writeKey }: TestSource,
  { query = '', body, headers = {} }: { query?: string; body: string | Buffer; headers?: Record<string, string> },
): Promise<Response> {
  return ingest.post(`/api/v1/imports?${query}`, body, { ...basic(writeKey), ...headers });
}

/** The activities of a source, when there are at least `count`. */
export async function activitiesOf(ingest: Ingest, { id }: TestSource, count: number) {
  const all = await ingest.until((given) => given.filter(({ source }) => source === id).length >= count);
  return all.filter(({ source }) => source === id);
}

export interface ImportResponse {
  readonly id: string;
  readonly source: string;
  readonly format: string;
  readonly state: string;
  readonly reason: string | null;
  readonly bytes: number;
  readonly size: number | null;
  readonly lines: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly rejectedLines?: readonly { line: number; messageId?: string; code: string; reason: string }[];
  readonly updatedAt: string;
}

export async function shown(response: Response): Promise<ImportResponse> {
  return (await response.json()) as ImportResponse;
}

/** An upload that is sent step by step, and can be aborted. */
export interface OpenUpload {
  write(text: string): void;
  /** Closes the connection. */
  leave(): void;
  /** Sends the end of the body. */
  end(): void;
  readonly answer: Promise<{ status: number; body: string }>;
}

export function openUpload(ingest: Ingest, query: string, writeKey: string): OpenUpload {
  const request: ClientRequest = dial(`${ingest.url}/api/v1/imports?${query}`, {
    method: 'POST',
    headers: { ...basic(writeKey), 'transfer-encoding': 'chunked' },
  });
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  promise.catch(() => undefined);
  request.once('error', reject).once('response', (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => (body += text));
    response.once('end', () => resolve({ status: response.statusCode!, body }));
  });
  request.flushHeaders();
  return {
    write: (text) => void request.write(text),
    leave: () => void request.destroy(),
    end: () => void request.end(),
    answer: promise,
  };
}
