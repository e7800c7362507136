import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type ContactPolicy, InvalidPolicy, validatePolicy } from '@sestante/offer-policy';
import { withClient } from '@sestante/postgres';
import { faultText } from '@sestante/rules';
import {
  Roles,
  ApiProblem,
  CallerAccess,
  FromDigits,
  InjectLogger,
  jsonSchema,
  type KeyCaller,
  type Logger,
  notFound,
  Problem,
} from '@sestante/runtime';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { ContactPolicyDocument, PolicyResponse } from './policy-response.ts';
import { changePolicy, findPolicy } from './store/contact-policy.ts';

const example = {
  perDays: 7,
  most: 2,
  quietHours: { from: 21, to: 8, timeZone: 'Europe/Rome' },
  staleAfterHours: 24,
  holdoutShare: 0.1,
};
/** The most faults in one response. */
const maxFaults = 20;

class PolicyQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'The version to read, as in `policyVersion` of a decision; the default is the current one.',
  })
  @IsOptional()
  @FromDigits()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

/** Reads and replaces the contact policy: how often and when customers may be contacted. */
@ApiTags('Contact policy')
@Controller('api/v1/contact-policy')
export class ContactPolicyController {
  constructor(
    private readonly dataSource: DataSource,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @Roles('marketing', 'clerk')
  @ApiOperation({ summary: 'Returns the current contact policy or an earlier version, with its author and time.' })
  @ApiOkResponse({ schema: jsonSchema(PolicyResponse) })
  @ApiProblem(404, 'not-found')
  @Get()
  async read(@Query() { version }: PolicyQuery): Promise<PolicyResponse> {
    const found = await withClient(this.dataSource, (client) => findPolicy(client, version));
    if (!found) throw notFound('contact policy');
    return found;
  }

  @Roles('marketing')
  @ApiOperation({ summary: 'Replaces the contact policy, with effect from the next decision of every process.' })
  @ApiBody({ schema: jsonSchema(ContactPolicyDocument), examples: { usual: { value: example } } })
  @ApiOkResponse({ schema: jsonSchema(PolicyResponse) })
  @ApiProblem(400, 'policy-invalid')
  @Put()
  async change(@Body() document: unknown, @CallerAccess() { keyId, name }: KeyCaller): Promise<PolicyResponse> {
    const policy = policyIn(document);
    const current = await changePolicy(this.dataSource, policy, { keyId, name });
    this.logger.info({ version: current.version, keyId }, 'contact policy changed');
    return current;
  }
}

/** Throws 400 with the faults of the document. */
function policyIn(document: unknown): ContactPolicy {
  try {
    return validatePolicy(document);
  } catch (error) {
    if (!(error instanceof InvalidPolicy)) throw error;
    const { faults } = error;
    const more = faults.length > maxFaults ? `; and ${faults.length - maxFaults} more` : '';
    throw new Problem(400, 'policy-invalid', `${faults.slice(0, maxFaults).map(faultText).join('; ')}${more}`);
  }
}
