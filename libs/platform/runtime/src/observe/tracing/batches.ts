import { type Link, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Delivery, Middleware } from '@sestante/streaming';
import { contextIn, fail, type Spans } from './spans.ts';

/** The SDK drops further links. */
const maxLinks = 128;

/**
 * Creates a span for each handled batch, with links to the publications of its messages. If all messages come from one publication, the span is
 * its child; otherwise it starts a new trace, as OpenTelemetry recommends for batches.
 */
export function traceBatches(spans: Spans, system: string): Middleware {
  return (next) => async (batch, context) => {
    const contexts = publicationsOf(batch);
    const links = contexts.flatMap((publication): Link[] => {
      const spanContext = trace.getSpanContext(publication);
      return spanContext ? [{ context: spanContext }] : [];
    });
    const attributes = {
      'messaging.system': system,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': context.topic,
      'messaging.consumer.group.name': context.group,
      'messaging.batch.message_count': batch.length,
    };
    const parent = contexts.length === 1 ? contexts[0]! : ROOT_CONTEXT;
    const span = spans.start(`process ${context.topic}`, { kind: SpanKind.CONSUMER, attributes, links }, parent);
    try {
      const outcomes = await spans.within(span, () => next(batch, context));
      span.end();
      return outcomes;
    } catch (error) {
      fail(span, error);
      throw error;
    }
  };
}

/** The trace contexts in the headers of the messages, each once. */
function publicationsOf(batch: readonly Delivery[]) {
  const distinct = new Map(batch.map(({ headers }) => [headers['traceparent'] ?? '', headers]));
  return [...distinct.values()].slice(0, maxLinks).map(contextIn);
}
