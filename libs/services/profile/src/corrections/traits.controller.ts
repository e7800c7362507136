import { Body, Controller, HttpStatus, Put, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiProblem,
  AuditLog,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerOrRoles,
  jsonSchema,
} from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { DataSource } from 'typeorm';
import { OwnActivities } from '../own-activities/own-activities.ts';
import { Customers } from '../store/customers.ts';
import { type ReadTrait, readTraitsOf } from '../store/read-customer.ts';
import { checkedTraits, traitLimits } from './checked-traits.ts';

const CorrectedTraits = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    traits: Type.Record(Type.String(), Type.Unknown(), { description: 'All traits of the customer.' }),
  },
  { $id: 'CorrectedTraits' },
);
type CorrectedTraits = Static<typeof CorrectedTraits>;

const schema = {
  type: 'object',
  additionalProperties: true,
  maxProperties: traitLimits.traits,
  description: `Traits by name (1 to ${traitLimits.nameLength} characters). A value has at most ${traitLimits.valueLength} characters as JSON and ${traitLimits.depth} levels; null removes the trait.`,
};

/** Corrects what is stored about a customer. */
@ApiTags('Customers')
@Controller('api/v1/customers/:id/traits')
export class TraitsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: Customers,
    private readonly activities: OwnActivities,
    private readonly audit: AuditLog,
  ) {}

  @CustomerOrRoles('clerk')
  @ApiOperation({
    summary: 'Corrects traits of a customer; null removes one.',
    description:
      'Traits that are not named stay as they are. The correction is an activity in the timeline. A corrected `email`, `phone` or `loyaltyCard` is a value to ' +
      'show: it does not become an identifier of the customer, because nobody has verified it.',
  })
  @ApiBody({ schema, examples: { correction: { value: { firstName: 'Ada', city: null } } } })
  @ApiOkResponse({ schema: jsonSchema(CorrectedTraits) })
  @ApiAcceptedResponse({
    schema: jsonSchema(CorrectedTraits),
    description: 'The correction is stored durably, and takes effect shortly. The traits are as they were before.',
  })
  @ApiProblem(400, 'bad-traits')
  @ApiProblem(404, 'not-found')
  @ApiProblem(503, 'stream-unavailable')
  @Put()
  async correct(
    @CustomerId() id: string,
    @Body() body: unknown,
    @CallerAccess() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CorrectedTraits> {
    const traits = checkedTraits(body);
    const customerId = await this.customers.requireId(id);
    // Before the correction is published: it takes effect also if the request fails afterwards.
    await this.audit.note('traits.corrected', customerId, caller);
    if (Object.keys(traits).length > 0) {
      const correction = { type: 'identify', name: 'customer.identified', properties: {}, traits } as const;
      const { isStored } = await this.activities.add(customerId, correction, caller);
      if (!isStored) void reply.status(HttpStatus.ACCEPTED).header('location', `/api/v1/customers/${customerId}`);
    }
    // The customer may have been merged meanwhile.
    const presentId = await this.customers.requireId(customerId);
    return { customerId: presentId, traits: valuesOf(await readTraitsOf(this.dataSource, presentId)) };
  }
}

/** The values of traits by name, without those that were removed. */
function valuesOf(traits: readonly ReadTrait[]): Record<string, unknown> {
  return Object.fromEntries(traits.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])));
}
