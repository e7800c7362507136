import { Body, Controller, Get, HttpStatus, Put, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { contactChannels, consentPurposes } from '@sestante/contracts';
import {
  ApiProblem,
  Audited,
  AuditLog,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerOrRoles,
  InjectLogger,
  jsonSchema,
  type Logger,
} from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { ConsentRecord } from '../consent-records.ts';
import { maskText } from '../masking/mask-text.ts';
import { seesInFull } from '../masking/sees-in-full.ts';
import { OwnActivities } from '../own-activities/own-activities.ts';
import { readConsents } from '../store/consents.ts';
import { Customers } from '../store/customers.ts';
import { readStanding } from '../store/standing-entries.ts';
import { ContactPolicyRequest } from './contact-policy-request.ts';
import { CustomerConsents, CustomerContactPolicy, toContactPolicy } from './contact-policy-response.ts';
import { activityOf } from './policy-change.ts';

/** The longest history of one consent in a response. */
const longestHistory = 100;

const example = {
  consents: { offers: 'granted', personalisation: 'granted' },
  channels: { email: 'denied' },
  quietHours: { from: 21, to: 8 },
  timeZone: 'Europe/Rome',
  wording: 'Yes, I would like offers that suit me.',
};

/** Reads and changes what a customer decided about contact: consents, quiet hours, budget, pause, language. */
@ApiTags("Customers' contact policies")
@Controller('api/v1/customers/:id')
export class CustomerContactPolicyController {
  constructor(
    private readonly customers: Customers,
    private readonly activities: OwnActivities,
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('contact-policy.read')
  @ApiOperation({ summary: 'Returns what the customer decided about contact.' })
  @ApiOkResponse({ schema: jsonSchema(CustomerContactPolicy) })
  @ApiProblem(404, 'not-found')
  @Get('contact-policy')
  async read(@CustomerId() id: string): Promise<CustomerContactPolicy> {
    return this.policyOf(await this.customers.requireId(id));
  }

  @CustomerOrRoles('clerk')
  @ApiOperation({
    summary: 'Changes the given fields of what the customer decided about contact.',
    description:
      'Fields that are not given stay as they are, and so do consents and channels that are not named; null removes a setting. The change is an activity in ' +
      'the timeline, and takes effect on every decision after it.',
  })
  @ApiBody({
    type: ContactPolicyRequest,
    examples: { usual: { value: example }, pause: { value: { pausedUntil: '2030-01-07' } } },
  })
  @ApiOkResponse({ schema: jsonSchema(CustomerContactPolicy) })
  @ApiAcceptedResponse({
    schema: jsonSchema(CustomerContactPolicy),
    description:
      'The change is stored durably, and takes effect shortly. The policy is as it was before. `Location` is where to read it.',
  })
  @ApiProblem(
    400,
    'unknown-purpose',
    'unknown-channel',
    'bad-consent',
    'time-zone-missing',
    'bad-pause',
    'bad-language',
  )
  @ApiProblem(404, 'not-found')
  @ApiProblem(503, 'stream-unavailable')
  @Put('contact-policy')
  async change(
    @CustomerId() id: string,
    @Body() request: ContactPolicyRequest,
    @CallerAccess() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CustomerContactPolicy> {
    const customerId = await this.customers.requireId(id);
    const current = await this.policyOf(customerId);
    const activity = activityOf(request, current, Date.now());
    // Before the change is published: it takes effect also if the request fails afterwards.
    await this.audit.note('contact-policy.changed', customerId, caller);
    if (!activity) return current;
    const { isStored } = await this.activities.add(customerId, activity, caller);
    this.logger.info({ by: caller.kind, isStored }, 'contact policy of a customer changed');
    if (!isStored)
      void reply.status(HttpStatus.ACCEPTED).header('location', `/api/v1/customers/${customerId}/contact-policy`);
    // The customer may have been merged meanwhile.
    return this.policyOf(await this.customers.requireId(customerId));
  }

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('consents.read')
  @ApiOperation({
    summary: 'Lists the consents of a customer by purpose and by channel, each with its proof and its history.',
    description: 'For the role marketing, mail addresses and phone numbers in the texts are masked.',
  })
  @ApiOkResponse({ schema: jsonSchema(CustomerConsents) })
  @ApiProblem(404, 'not-found')
  @Get('consents')
  async readConsents(@CustomerId() id: string, @CallerAccess() caller: Caller): Promise<CustomerConsents> {
    const customerId = await this.customers.requireId(id);
    const found = await readConsents(this.dataSource, customerId, longestHistory);
    const item = (kind: 'purpose' | 'channel') => (subject: CustomerConsents['items'][number]['subject']) => {
      const proofs = (found.get(subject) ?? []).map(toProof);
      const history = seesInFull(caller) ? proofs : proofs.map(withMaskedText);
      return { subject, kind, value: history[0]?.value ?? ('unknown' as const), proof: history[0] ?? null, history };
    };
    return { customerId, items: [...consentPurposes.map(item('purpose')), ...contactChannels.map(item('channel'))] };
  }

  private async policyOf(customerId: string): Promise<CustomerContactPolicy> {
    return toContactPolicy(await readStanding(this.dataSource, customerId), Date.now());
  }
}

const toProof = ({ memberId: _, subject: __, ...proof }: ConsentRecord) => proof;

type Proof = ReturnType<typeof toProof>;
const withMaskedText = ({ wording, policyVersion, ...proof }: Proof): Proof => ({
  ...proof,
  wording: wording === null ? null : maskText(wording),
  policyVersion: policyVersion === null ? null : maskText(policyVersion),
});
