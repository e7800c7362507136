import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Open } from '../access/access.ts';
import { InjectMetrics } from '../tokens.ts';
import type { Metrics } from './metrics.ts';

/** Prometheus. Counts only, nothing about a person. */
@ApiTags('Operation')
@Controller('metrics')
export class MetricsController {
  constructor(@InjectMetrics() private readonly metrics: Metrics) {}

  @Open()
  @ApiOperation({ summary: 'The metrics of the process, for Prometheus.' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
