import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type IdentifierKind, isDevice, isStrongMember, normalise } from '@sestante/identity';
import { ApiProblem, Audited, CustomerTokens, jsonSchema, Problem, Roles } from '@sestante/runtime';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IssuedToken } from './customer-response.ts';
import { CountryField, KindField, ValueField } from './identifier-fields.ts';
import { Customers } from './store/customers.ts';

class TokenRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  customerId?: string;
  @KindField({ isRequired: false })
  kind?: IdentifierKind;
  @ValueField({ isRequired: false })
  value?: string;
  @CountryField()
  country?: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 60,
    maximum: 86_400,
    default: 3_600,
    description: 'The number of seconds that the token is valid: one minute to one day.',
  })
  @IsInt()
  @Min(60)
  @Max(86_400)
  seconds = 3_600;
}

interface NamedCustomer {
  readonly customerId: string;
  /** Whether all identifiers of the customer are weak: its strongest one gives the customer its id. */
  readonly isWeak: boolean;
}

/** Issues tokens for one customer each. The back end of an app requests one for the customer who has signed in. */
@ApiTags('Customer tokens')
@Controller('api/v1/customer-tokens')
export class CustomerTokensController {
  constructor(
    private readonly customers: Customers,
    private readonly tokens: CustomerTokens,
  ) {}

  @Roles('admin', 'app')
  @Audited('token.issued')
  @ApiOperation({
    summary: "Issues a token that gives a customer's app access to this customer only.",
    description:
      'A token for a customer who is known only by a browser, a device, or an address that is not verified, ends when this customer turns out to be somebody with a stronger identifier, at the first login for example.',
  })
  @ApiBody({ type: TokenRequest, examples: { customer: { value: { kind: 'user_id', value: 'ada', seconds: 3_600 } } } })
  @ApiCreatedResponse({ schema: jsonSchema(IssuedToken) })
  @ApiProblem(400, 'customer-missing')
  @ApiProblem(409, 'stronger-identifier-needed')
  @ApiProblem(404, 'not-found')
  @ApiProblem(410, 'customer-erased')
  @Post()
  async issue(@Body() request: TokenRequest): Promise<IssuedToken> {
    const { customerId, isWeak } = await this.named(request);
    const { seconds } = request;
    const expiresAt = new Date(Date.now() + seconds * 1_000).toISOString();
    return { token: await this.tokens.issue(customerId, seconds, { isWeak }), customerId, expiresAt };
  }

  private async named({ customerId, kind, value, country }: TokenRequest): Promise<NamedCustomer> {
    if (customerId) return this.customerOf({ memberId: customerId });
    const identifier = kind && value && normalise(kind, value, country);
    if (!identifier)
      throw new Problem(400, 'customer-missing', 'Send `customerId`, or a valid identifier as `kind` and `value`.');
    return this.customerOf(identifier);
  }

  /**
   * The customer of a member. Throws 404, and 409 for a browser or device that somebody with an account or card has used: whoever holds it now would read that
   * person's data.
   */
  private async customerOf(of: Parameters<Customers['member']>[0]): Promise<NamedCustomer> {
    const member = await this.customers.member(of);
    if (!member) return this.customers.throwMissing('memberId' in of ? of.memberId : undefined);
    const { memberId, customerId } = member;
    if (memberId === customerId) return { customerId, isWeak: !isStrongMember(member) };
    if (isDevice(member))
      throw new Problem(409, 'stronger-identifier-needed', 'The customer has a stronger identifier: send that one.');
    const strongest = await this.customers.member({ memberId: customerId });
    return { customerId, isWeak: !strongest || !isStrongMember(strongest) };
  }
}
