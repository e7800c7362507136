import { diag, DiagLogLevel } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import type { Logger } from '../../logger.ts';
import { traceBatches } from './batches.ts';
import { tracePublications } from './publications.ts';
import { traceRequests } from './requests.ts';
import { samplerOf } from './sampler.ts';
import { spansOf } from './spans.ts';
import type { Tracing } from './tracing.ts';

/** Together with the other steps, a stop takes less than 5 s. */
const closeMs = 1_000;

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` override `serviceName`. The exporter reads `OTEL_EXPORTER_OTLP_*`. */
export function startTracing(config: Config, logger: Logger, serviceName: string): Tracing {
  const warn = (line: string) => logger.warn({ part: 'tracing' }, line);
  diag.setLogger(
    { error: warn, warn, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT!.replace(/\/$/, '');
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': serviceName }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(config.OTEL_TRACES_SAMPLER, config.OTEL_TRACES_SAMPLER_ARG),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) })],
  });
  const spans = spansOf(provider.getTracer('sestante'));
  const system = config.KAFKA_BROKERS ? 'kafka' : 'postgresql';
  return {
    traceRequests: (app) => traceRequests(app, spans),
    tracePublications: (stream) => tracePublications(stream, spans, system),
    traceBatches: traceBatches(spans, system),
    async close() {
      await Promise.race([provider.shutdown().catch(() => undefined), sleep(closeMs, undefined, { ref: false })]);
    },
  };
}
