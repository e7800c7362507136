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

/** Starts spans, and tracks the active span of the running code. */
export interface Spans {
  /** Starts a span as a child of the active span, or of `parent` if given. */
  start(name: string, options: SpanOptions, parent?: Context): Span;
  /** Runs the work with the span as the active one. */
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

/** The trace context of the header `traceparent`; the root context if there is none. */
export function contextIn(headers: Headers): Context {
  return propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

/** The headers with the trace context of the span. */
export function headersOf(span: Span): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
  return headers;
}

/** Ends the span as failed. Error messages may contain personal data, so only the name of the error is recorded. */
export function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
