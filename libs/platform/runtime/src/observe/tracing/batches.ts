import { type Link, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Delivery, Middleware } from '@sestante/streaming';
import { contextIn, fail, type Spans } from './spans.ts';

/** More links than the SDK keeps are not made. */
const mostLinks = 128;

/**
 * A span for each handled batch, with links to the publications of its messages. Where all of them come from one, it belongs to the trace of that;
 * else it begins a trace of its own, as OpenTelemetry has it for batches.
 */
export function traceBatches(spans: Spans, system: string): Middleware {
  return (next) => async (batch, where) => {
    const contexts = publicationsOf(batch);
    const links = contexts.flatMap((context): Link[] => {
      const spanContext = trace.getSpanContext(context);
      return spanContext ? [{ context: spanContext }] : [];
    });
    const attributes = {
      'messaging.system': system,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': where.topic,
      'messaging.consumer.group.name': where.group,
      'messaging.batch.message_count': batch.length,
    };
    const parent = contexts.length === 1 ? contexts[0]! : ROOT_CONTEXT;
    const span = spans.start(`process ${where.topic}`, { kind: SpanKind.CONSUMER, attributes, links }, parent);
    try {
      const outcomes = await spans.within(span, () => next(batch, where));
      span.end();
      return outcomes;
    } catch (error) {
      fail(span, error);
      throw error;
    }
  };
}

/** What the messages tell of where they come from, each once. */
function publicationsOf(batch: readonly Delivery[]) {
  const distinct = new Map(batch.map(({ headers }) => [headers['traceparent'] ?? '', headers]));
  return [...distinct.values()].slice(0, mostLinks).map(contextIn);
}
