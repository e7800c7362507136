import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access.ts';
import { jsonSchema } from '../openapi/json-schema.ts';
import { Dependencies } from '../dependencies.ts';

const Up = { type: 'object', required: ['status'], properties: { status: { const: 'up' } } };
const Down = {
  type: 'object',
  required: ['status', 'missing'],
  properties: {
    status: { const: 'down' },
    missing: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'The names of unavailable dependencies, with the reasons.',
    },
  },
};

/** Health checks for orchestrators. */
@ApiTags('Operation')
@Controller('health')
export class HealthController {
  constructor(private readonly dependencies: Dependencies) {}

  @Public()
  @ApiOperation({ summary: 'Reports whether the process is alive.' })
  @ApiOkResponse({ schema: jsonSchema(Up) })
  @Get('live')
  live(): object {
    return { status: 'up' };
  }

  @Public()
  @ApiOperation({ summary: 'Reports whether the process is ready to do its work.' })
  @ApiOkResponse({ schema: jsonSchema(Up) })
  @ApiServiceUnavailableResponse({ schema: jsonSchema(Down) })
  @Get('ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply): object {
    const missing = this.dependencies.unavailable();
    if (Object.keys(missing).length === 0) return { status: 'up' };
    reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'down', missing };
  }
}
