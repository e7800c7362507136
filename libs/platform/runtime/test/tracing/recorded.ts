import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { type Spans, spansOf } from '../../src/observe/tracing/spans.ts';

/** Records ended spans. */
export function recorded(): { readonly spans: Spans; ended(): readonly ReadableSpan[] } {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  return { spans: spansOf(provider.getTracer('test')), ended: () => exporter.getFinishedSpans() };
}
