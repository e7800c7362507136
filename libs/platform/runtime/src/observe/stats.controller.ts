import { Controller, Get } from '@nestjs/common';
import { Allow } from '../auth/access.ts';
import { Stats } from './stats.ts';

/** What came in and what became of it. */
@Controller('api/v1/stats')
export class StatsController {
  constructor(private readonly stats: Stats) {}

  @Allow('admin', 'marketing')
  @Get()
  read(): Promise<object> {
    return this.stats.read();
  }
}
