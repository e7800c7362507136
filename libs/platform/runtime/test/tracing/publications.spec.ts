import { SpanStatusCode } from '@opentelemetry/api';
import { describe, expect, test } from '@jest/globals';
import type { Publication } from '@sestante/streaming';
import { aMessage, recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import { tracePublications } from '../../src/observe/tracing/publications.ts';
import { recorded } from './recorded.ts';

/** A stream that records publications, or fails. */
function aStream(way: WayToPublish = 'after the commit', failure?: Error) {
  const published: Publication[] = [];
  const stream = recordingStream(way, async (publication) => {
    if (failure) throw failure;
    published.push(publication);
  });
  return { published, stream };
}

const traceparent = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/;

describe('a publication', () => {
  test('has a span, whose context is added to the headers of its messages', async () => {
    const { published, stream } = aStream();
    const { spans, ended } = recorded();
    const earlier = aMessage({ headers: { ce_type: 'x', traceparent: '00-old' } });
    await tracePublications(stream, spans, 'kafka').publish('orders', [earlier, aMessage({})]);
    const { traceId, spanId } = ended()[0]!.spanContext();
    expect(ended()).toMatchObject([{ name: 'send orders', attributes: { 'messaging.batch.message_count': 2 } }]);
    expect(published[0]!.messages[0]).toEqual({
      ...earlier,
      headers: { ce_type: 'x', traceparent: `00-${traceId}-${spanId}-01` },
    });
    expect(published[0]!.messages[1]!.headers['traceparent']).toMatch(traceparent);
  });

  test('of no messages has no span', async () => {
    const { published, stream } = aStream();
    const { spans, ended } = recorded();
    await tracePublications(stream, spans, 'kafka').publish('orders', []);
    expect([published, ended()]).toEqual([[], []]);
  });

  test('that fails has the status error and the name of the error', async () => {
    const boom = new RangeError('ada@example.com');
    const { stream } = aStream('after the commit', boom);
    const { spans, ended } = recorded();
    await expect(tracePublications(stream, spans, 'kafka').publish('orders', [aMessage({})])).rejects.toBe(boom);
    expect(ended()).toMatchObject([
      { status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'RangeError' }, events: [] },
    ]);
  });

  test('in a transaction has a span for each topic', async () => {
    const { published, stream } = aStream('with the commit');
    const { spans, ended } = recorded();
    const traced = tracePublications(stream, spans, 'postgresql');
    const publications = ['a', 'b', 'c'].map((topic) => ({ topic, messages: topic === 'b' ? [] : [aMessage({})] }));
    await traced.atomic!.publishWith({} as never, publications);
    expect(published.map(({ topic }) => topic)).toEqual(['a', 'c']);
    expect(ended().map(({ name }) => name)).toEqual(['send a', 'send c']);
  });

  test('is atomic only if the stream is', () => {
    expect(tracePublications(aStream().stream, recorded().spans, 'kafka').atomic).toBeUndefined();
  });
});
