import { Controller, Get, Header } from '@nestjs/common';
import { Open } from '../auth/access.ts';
import { Says } from '../openapi/says.ts';
import { InjectMetrics } from '../tokens.ts';
import type { Metrics } from './metrics.ts';

/** Prometheus. Counts only, nothing about a person. */
@Controller('metrics')
export class MetricsController {
  constructor(@InjectMetrics() private readonly metrics: Metrics) {}

  @Open()
  @Says('The metrics of the process, for Prometheus.', { answers: { type: 'string' } })
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
