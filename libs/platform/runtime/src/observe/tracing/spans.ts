import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { AsyncLocalStorage } from 'node:async_hooks';

type Headers = Readonly<Record<string, unknown>>;

/** Begins spans, and knows which one the running code belongs to. */
export interface Spans {
  /** Begins a span, in the one that the running code belongs to unless `parent` says otherwise. */
  start(name: string, options: SpanOptions, parent?: Context): Span;
  /** Runs the work as part of the span. */
  within<T>(span: Span, work: () => T): T;
}

export function spansOf(tracer: Tracer): Spans {
  const running = new AsyncLocalStorage<Context>();
  return {
    start: (name, options, parent = running.getStore() ?? ROOT_CONTEXT) => tracer.startSpan(name, options, parent),
    within: (span, work) => running.run(trace.setSpan(ROOT_CONTEXT, span), work),
  };
}

const propagator = new W3CTraceContextPropagator();

/** The span that headers tell of as `traceparent`; without one, none. */
export function contextIn(headers: Headers): Context {
  return propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

/** The headers that tell of the span. */
export function headersOf(span: Span): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
  return headers;
}

/** Ends the span as failed. What errors say may be about a person: only their kind is told. */
export function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
