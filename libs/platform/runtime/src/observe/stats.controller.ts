import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../access/access.ts';
import { jsonSchema } from '../openapi/json-schema.ts';
import { Stats } from './stats.ts';

const StatsAnswer = {
  type: 'object',
  required: ['lag'],
  properties: {
    lag: {
      type: 'array',
      description: 'The number of messages that each group has not read yet.',
      items: {
        type: 'object',
        required: ['topic', 'group', 'messages'],
        properties: {
          topic: { type: 'string' },
          group: { type: 'string' },
          messages: { type: 'integer', minimum: 0 },
        },
      },
    },
  },
  additionalProperties: { type: 'integer', minimum: 0 },
};

/** Counts of received and processed data. */
@ApiTags('Statistics')
@Controller('api/v1/stats')
export class StatsController {
  constructor(private readonly stats: Stats) {}

  @Roles('admin', 'marketing')
  @ApiOperation({ summary: 'Returns the counts of all services of this process and the lag of their groups.' })
  @ApiOkResponse({ schema: jsonSchema(StatsAnswer) })
  @Get()
  read(): Promise<object> {
    return this.stats.read();
  }
}
