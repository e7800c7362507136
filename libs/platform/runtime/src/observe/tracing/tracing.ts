import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Middleware, Stream } from '@sestante/streaming';
import type { Config } from '../../config.ts';
import type { Logger } from '../../logger.ts';

/** Spans of what the process does, sent to a collector of OpenTelemetry. They hold routes, topics and counts, nothing about a person. */
export interface Tracing {
  /** A span for each request. Before the routes are registered. */
  traceRequests(app: NestFastifyApplication): void;
  /** The same stream, on which each publication is a span that its messages carry on as `traceparent`. */
  tracePublications(stream: Stream): Stream;
  /** A span for each handled batch. */
  readonly traceBatches: Middleware;
  /** Sends what is left, for a short time. */
  close(): Promise<void>;
}

/** Undefined where no collector is configured: then not even the library is loaded. */
export async function openTracing(
  config: Config,
  logger: Logger,
  services: readonly string[],
): Promise<Tracing | undefined> {
  if (!config.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  const { startTracing } = await import('./start.ts');
  return startTracing(config, logger, services.length === 1 ? `sestante-${services[0]}` : 'sestante');
}
