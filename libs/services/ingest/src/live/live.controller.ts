import { Controller, Get, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Roles, answerHead, ApiProblem } from '@sestante/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sources } from '../sources/sources.ts';
import { LiveVerdicts } from './live-verdicts.ts';

/** Streams the verdicts on the events of a source, for engineers who integrate it. */
@ApiTags('Live verdicts')
@Controller('api/v1/sources/:id/live')
export class LiveController {
  constructor(
    private readonly sources: Sources,
    private readonly live: LiveVerdicts,
  ) {}

  @Roles('admin')
  @ApiOperation({ summary: 'Streams the latest and all new verdicts on events of a source as server-sent events.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    schema: {
      type: 'string',
      description: 'Events with the name `verdict`, or `skipped` if there were too many to send.',
    },
  })
  @ApiProblem(404, 'not-found')
  @Get()
  async watch(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sources.get(id);
    if (!answerHead(request, reply)) this.live.open(id, reply);
  }
}
