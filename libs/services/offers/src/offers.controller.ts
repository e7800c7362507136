import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import {
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiPropertyOptional,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import {
  answerHead,
  ApiProblem,
  Audited,
  type Caller,
  CallerAccess,
  customerErased,
  CustomerId,
  CustomerOrRoles,
  jsonSchema,
  PageLimit,
  Problem,
  usualPageLimit,
} from '@sestante/runtime';
import { IsOptional, IsUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { OfferStreams } from './offer-streams.ts';
import { DecisionPage, OfferList } from './offer-response.ts';
import { readDecisions, withoutMember } from './store/decisions.ts';
import { isErasedCustomer } from './store/erasures.ts';
import { readOffers } from './store/offers.ts';
import { toOfferResponse } from './translate.ts';

class OffersQuery {
  @PageLimit() limit = usualPageLimit;
}

class DecisionsQuery extends OffersQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the previous page.' })
  @IsOptional()
  @IsUUID()
  before?: string;
}

/** Reads the offers of a customer, past and live, and the decisions behind them. */
@ApiTags('Offers')
@Controller('api/v1/customers/:id')
export class OffersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly streams: OfferStreams,
  ) {}

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @Audited('offers.read')
  @ApiOperation({ summary: 'Lists the offers of a customer, newest first.' })
  @ApiOkResponse({ schema: jsonSchema(OfferList) })
  @Get('offers')
  async list(@CustomerId() customerId: string, @Query() { limit }: OffersQuery): Promise<OfferList> {
    const offers = await readOffers(this.dataSource, customerId, limit);
    if (offers.length === 0) await this.assertNotErased(customerId);
    return { items: offers.map(toOfferResponse) };
  }

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @Audited('offers.followed', { isStream: true })
  @ApiOperation({ summary: 'Streams new offers of a customer as server-sent events.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    schema: { type: 'string', description: 'Events with the name `offer`. The data of an event is an offer in JSON.' },
  })
  @ApiSecurity('customerTokenQuery')
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    description: 'The id of the last event that the client has; 0 begins with the first offer.',
    schema: { type: 'string', pattern: '^\\d{1,18}$' },
  })
  @ApiProblem(400, 'bad-event-id')
  @Get('offers/stream')
  async stream(
    @CustomerId() customerId: string,
    @CallerAccess() access: Caller,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (lastEventId !== undefined && !/^\d{1,18}$/.test(lastEventId)) {
      throw new Problem(
        400,
        'bad-event-id',
        'Last-Event-ID must be the id of an event of this stream, or 0 to begin with the first offer.',
      );
    }
    await this.assertNotErased(customerId);
    if (answerHead(request, reply)) return;
    const { endsAt, isWeak: endsWithMerge } =
      access.kind === 'customer' ? access : { endsAt: undefined, isWeak: false };
    await this.streams.open({ customerId, lastEventId, endsAt, endsWithMerge }, reply);
  }

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('decisions.read')
  @ApiOperation({ summary: 'Lists the decisions for a customer, newest first, with every candidate and every gate.' })
  @ApiOkResponse({ schema: jsonSchema(DecisionPage) })
  @Get('decisions')
  async decisions(@CustomerId() customerId: string, @Query() { before, limit }: DecisionsQuery): Promise<DecisionPage> {
    const page = await readDecisions(this.dataSource, customerId, { before, limit });
    if (page.length === 0) await this.assertNotErased(customerId);
    return { items: page.map(withoutMember), next: page.length === limit ? page.at(-1)!.decisionId : null };
  }

  /** Throws 410. A customer of whom nothing is stored is not one who was erased. */
  private async assertNotErased(customerId: string): Promise<void> {
    if (await isErasedCustomer(this.dataSource, customerId)) throw customerErased();
  }
}
