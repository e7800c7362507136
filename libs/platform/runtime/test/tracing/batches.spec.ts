import { SpanStatusCode } from '@opentelemetry/api';
import { describe, expect, test } from '@jest/globals';
import { done, type Middleware } from '@sestante/streaming';
import { aDelivery } from '@sestante/streaming/testing';
import { traceBatches } from '../../src/observe/tracing/batches.ts';
import { headersOf } from '../../src/observe/tracing/spans.ts';
import { recorded } from './recorded.ts';

type Step = Parameters<Middleware>[0];

const where = { topic: 'engagement.activities.v1', group: 'profile' };
const traceIdOf = (nth: number) => nth.toString(16).padStart(32, 'a');
const from = (nth: number) =>
  aDelivery({ headers: { traceparent: `00-${traceIdOf(nth)}-${nth.toString(16).padStart(16, 'b')}-01` } });
const handles: Step = async (batch) => batch.map(() => done);

/** The span of a handled batch. */
async function spanOf(batch: Parameters<Step>[0], handle = handles) {
  const { spans, ended } = recorded();
  const error: unknown = await traceBatches(
    spans,
    'kafka',
  )(handle)(batch, where).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(ended()).toHaveLength(1);
  const [span] = ended();
  return { span: span!, error, linked: span!.links.map(({ context }) => context.traceId) };
}

describe('a batch', () => {
  test('of one publication is in its trace', async () => {
    const { span, linked } = await spanOf([from(1), from(1), from(1)]);
    expect([span.spanContext().traceId, linked]).toEqual([traceIdOf(1), [traceIdOf(1)]]);
    expect(span.attributes['messaging.batch.message_count']).toBe(3);
  });

  test.each([
    ['of several publications', [from(1), from(2), from(1)], [1, 2]],
    ['with one message without a trace', [from(1), aDelivery({})], [1]],
    ['that comes from nowhere', [aDelivery({}), aDelivery({})], []],
    ['with invalid trace headers', [aDelivery({ headers: { traceparent: 'nonsense' } })], []],
  ])('%s starts a trace with a link to each publication', async (_, batch, links) => {
    const { span, linked } = await spanOf(batch);
    expect(span.parentSpanContext).toBeUndefined();
    expect(linked).toEqual(links.map(traceIdOf));
  });

  test.each([
    [127, 127],
    [128, 128],
    [129, 128],
  ])('of %d publications has %d links', async (publications, links) => {
    const { linked } = await spanOf(Array.from({ length: publications }, (_, nth) => from(nth + 1)));
    expect(linked).toHaveLength(links);
  });

  test('that fails has the name of the error and not its message', async () => {
    const boom = new TypeError('ada@example.com');
    const { span, error } = await spanOf([from(1)], () => Promise.reject(boom));
    expect(error).toBe(boom);
    expect([span.status, span.attributes['error.type'], span.events]).toEqual([
      { code: SpanStatusCode.ERROR },
      'TypeError',
      [],
    ]);
  });

  test('is the parent of spans of its handler, also of later ones', async () => {
    const { spans, ended } = recorded();
    const handle: Step = async (batch) => {
      await new Promise((resolve) => setImmediate(resolve));
      const inner = spans.start('inner', {});
      expect(headersOf(inner)['traceparent']).toMatch(`00-${traceIdOf(1)}-`);
      inner.end();
      return handles(batch, where);
    };
    await traceBatches(spans, 'kafka')(handle)([from(1)], where);
    const [inner, outer] = ended();
    expect(inner!.parentSpanContext?.spanId).toBe(outer!.spanContext().spanId);
  });
});
