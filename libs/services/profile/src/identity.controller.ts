import { Body, Controller, Delete, Get, HttpStatus, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblem,
  Audited,
  CallerAccess,
  InjectLogger,
  jsonSchema,
  type KeyCaller,
  type Logger,
  Roles,
} from '@sestante/runtime';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength, NotContains } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { IdentityResponse, MergeResponse, UnmergeResponse } from './identity-response.ts';
import { Merges } from './merges.ts';
import { IdentityShown } from './show-identity.ts';
import { Customers } from './store/customers.ts';
import { IdentityGraph } from './store/identity-graph.ts';

const maxReasonLength = 500;

class MergeRequest {
  @ApiProperty({ format: 'uuid', description: 'The other customer.' })
  @IsUUID()
  customerId!: string;
  @ApiProperty({ minLength: 1, maxLength: maxReasonLength })
  @IsString()
  @MinLength(1)
  @MaxLength(maxReasonLength)
  @NotContains('\0')
  reason!: string;
}

class DryQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: 'Only say what would change.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  dry?: string;
}

class UnmergeQuery extends DryQuery {
  @ApiPropertyOptional({ maxLength: maxReasonLength })
  @IsOptional()
  @IsString()
  @MaxLength(maxReasonLength)
  @NotContains('\0')
  reason?: string;
}

/** Shows how the identifiers of a customer are linked. Merges customers, and undoes merges. */
@ApiTags('Identity')
@Controller('api/v1/customers/:id')
export class IdentityController {
  constructor(
    private readonly customers: Customers,
    private readonly graph: IdentityGraph,
    private readonly merges: Merges,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @Roles('marketing', 'clerk')
  @Audited('identity.read')
  @ApiOperation({
    summary: 'Returns the members of a customer, what links them, and what does not.',
    description: 'Identifiers are masked for marketing.',
  })
  @ApiOkResponse({ schema: jsonSchema(IdentityResponse) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(410, 'customer-erased')
  @Get('identity')
  async read(@Param('id', ParseUUIDPipe) id: string, @CallerAccess() { role }: KeyCaller): Promise<IdentityResponse> {
    const customerId = await this.customers.requireId(id);
    const [members, { links, isTruncated }] = await Promise.all([
      this.graph.members(customerId),
      this.graph.links(customerId),
    ]);
    const shown = new IdentityShown(role);
    return {
      customerId,
      members: members.map((member) => shown.member(member)),
      links: links.filter(({ refusal }) => refusal === null).map((link) => shown.link(link)),
      refused: links.filter(({ refusal }) => refusal !== null).map((link) => shown.refusedLink(link)),
      isTruncated,
    };
  }

  @Roles('marketing', 'clerk')
  @ApiOperation({
    summary: 'Merges two customers into one, whatever the rules say.',
    description: 'No history is changed, so the merge can be undone exactly.',
  })
  @ApiBody({
    type: MergeRequest,
    examples: { duplicate: { value: { customerId: '0199c0de-0000-7000-8000-000000000003', reason: 'same passport' } } },
  })
  @ApiCreatedResponse({ schema: jsonSchema(MergeResponse) })
  @ApiOkResponse({ schema: jsonSchema(MergeResponse), description: 'With `dry`: what would change.' })
  @ApiProblem(404, 'not-found')
  @ApiProblem(410, 'customer-erased')
  @ApiProblem(409, 'same-customer')
  @Post('merges')
  async merge(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { customerId: otherId, reason }: MergeRequest,
    @Query() { dry }: DryQuery,
    @CallerAccess() by: KeyCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MergeResponse> {
    const isDry = dry === 'true';
    const customerIds = [await this.customers.requireId(id), await this.customers.requireId(otherId)] as const;
    const { mergeId, customers } = await this.merges.merge(customerIds, { reason, by }, isDry);
    const shown = new IdentityShown(by.role);
    const [after] = customers.map((customer) => shown.customer(customer));
    if (isDry) {
      void reply.status(HttpStatus.OK);
      return after!;
    }
    this.logger.info({ mergeId, customerId: after!.customerId, keyId: by.keyId }, 'customers merged');
    return { mergeId, ...after! };
  }

  @Roles('marketing', 'clerk')
  @ApiOperation({
    summary: 'Undoes a merge, or any link of a customer.',
    description: 'The two stay apart until somebody merges them by hand.',
  })
  @ApiOkResponse({ schema: jsonSchema(UnmergeResponse) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(410, 'customer-erased')
  @ApiProblem(409, 'already-unmerged')
  @Delete('merges/:mergeId')
  async unmerge(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('mergeId', ParseUUIDPipe) mergeId: string,
    @Query() { dry, reason = '' }: UnmergeQuery,
    @CallerAccess() by: KeyCaller,
  ): Promise<UnmergeResponse> {
    const isDry = dry === 'true';
    const customerId = await this.customers.requireId(id);
    const { customers } = await this.merges.unmerge(customerId, mergeId, { reason, by }, isDry);
    if (!isDry) this.logger.info({ mergeId, customerId, keyId: by.keyId }, 'customers unmerged');
    const [one, other] = customers.map((customer) => customer.customerId);
    const shown = new IdentityShown(by.role);
    return { customers: [one!, other!], details: customers.map((customer) => shown.customer(customer)) };
  }
}
