import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/access.ts';
import { InjectMetrics } from '../tokens.ts';
import type { Metrics } from './metrics.ts';

/** Metrics for Prometheus. They contain no personal data. */
@ApiTags('Operation')
@Controller('metrics')
export class MetricsController {
  constructor(@InjectMetrics() private readonly metrics: Metrics) {}

  @Public()
  @ApiOperation({ summary: 'Returns the metrics of the process for Prometheus.' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
