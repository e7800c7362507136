import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import {
  answerHead,
  ApiProblem,
  Audited,
  type Caller,
  CallerAccess,
  customerErased,
  CustomerId,
  CustomerOrRoles,
  Problem,
} from '@sestante/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { isErased } from '../store/erasures.ts';
import { readMembers } from '../store/read-members.ts';
import { ScoreStreams } from './score-streams.ts';

const eventId = /^\d{1,5}-\d{1,9}-\d{1,15}$/;

/** The scores of a customer as they change. */
@ApiTags('Scores')
@Controller('api/v1/customers/:id/scores/stream')
export class ScoreStreamController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly streams: ScoreStreams,
  ) {}

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @Audited('scores.followed', { isStream: true })
  @ApiOperation({ summary: 'Streams the six scores of a customer as server-sent events: now, and after each change.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    schema: {
      type: 'string',
      description: 'Events with the name `scores`. The data of an event is in JSON, as of `GET scores`.',
    },
  })
  @ApiSecurity('customerTokenQuery')
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    description: 'The id of the last event that the client has: scores that have not changed since are not sent again.',
    schema: { type: 'string', pattern: eventId.source },
  })
  @ApiProblem(400, 'bad-event-id')
  @Get()
  async stream(
    @CustomerId() customerId: string,
    @CallerAccess() access: Caller,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (lastEventId !== undefined && !eventId.test(lastEventId))
      throw new Problem(400, 'bad-event-id', 'Last-Event-ID must be the id of an event of this stream.');
    const { modelId } = await this.live.read();
    const members = await readMembers(this.dataSource, modelId, customerId);
    if (members.some(isErased)) throw customerErased();
    if (answerHead(request, reply)) return;
    const { endsAt, isWeak: endsWithMerge } =
      access.kind === 'customer' ? access : { endsAt: undefined, isWeak: false };
    await this.streams.open({ customerId, lastEventId, endsAt, endsWithMerge }, reply);
  }
}
