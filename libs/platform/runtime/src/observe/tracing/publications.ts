import { type Span, SpanKind } from '@opentelemetry/api';
import type { Message, Publication, Stream } from '@sestante/streaming';
import { fail, headersOf, type Spans } from './spans.ts';

interface Traced extends Publication {
  readonly span: Span;
}

/** The same stream with a span for each publication, whose context is in the headers of its messages. */
export function tracePublications(stream: Stream, spans: Spans, system: string): Stream {
  const traced = (topic: string, messages: readonly Message[]): Traced => {
    const span = spans.start(`send ${topic}`, {
      kind: SpanKind.PRODUCER,
      attributes: {
        'messaging.system': system,
        'messaging.operation.name': 'send',
        'messaging.operation.type': 'send',
        'messaging.destination.name': topic,
        'messaging.batch.message_count': messages.length,
      },
    });
    const context = headersOf(span);
    return {
      topic,
      span,
      messages: messages.map((message) => ({ ...message, headers: { ...message.headers, ...context } })),
    };
  };
  const { atomic } = stream;
  return {
    ...stream,
    async publish(topic, messages) {
      if (messages.length === 0) return;
      const publication = traced(topic, messages);
      await ending([publication], () => stream.publish(topic, publication.messages));
    },
    ...(atomic && {
      atomic: {
        publishWith(client, publications) {
          const nonEmpty = publications.filter(({ messages }) => messages.length > 0);
          const all = nonEmpty.map(({ topic, messages }) => traced(topic, messages));
          return ending(all, () => atomic.publishWith(client, all));
        },
      },
    }),
  };
}

/** Ends the spans with the work. */
async function ending<T>(publications: readonly Traced[], work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    for (const { span } of publications) span.end();
    return result;
  } catch (error) {
    for (const { span } of publications) fail(span, error);
    throw error;
  }
}
