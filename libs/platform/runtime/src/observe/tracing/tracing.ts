import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Middleware, Stream } from '@sestante/streaming';
import type { Config } from '../../config.ts';
import type { Logger } from '../../logger.ts';

/** Spans of the process, exported to an OpenTelemetry collector. They contain routes, topics and counts, no personal data. */
export interface Tracing {
  /** Creates a span for each request. Call it before the routes are registered. */
  traceRequests(app: NestFastifyApplication): void;
  /** The same stream with a span for each publication, whose context its messages have as `traceparent`. */
  tracePublications(stream: Stream): Stream;
  /** Creates a span for each handled batch. */
  readonly traceBatches: Middleware;
  /** Exports the remaining spans, for at most 1 s. */
  close(): Promise<void>;
}

/** Undefined if no collector is configured; the libraries are not loaded then. */
export async function openTracing(
  config: Config,
  logger: Logger,
  services: readonly string[],
): Promise<Tracing | undefined> {
  if (!config.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  const { startTracing } = await import('./start.ts');
  return startTracing(config, logger, services.length === 1 ? `sestante-${services[0]}` : 'sestante');
}
