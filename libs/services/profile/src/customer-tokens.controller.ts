import { Body, Controller, Post } from '@nestjs/common';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { Allow, CustomerTokens, Fails, notFound, Problem, Says } from '@sestante/runtime';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  NotContains,
} from 'class-validator';
import { IssuedToken } from './shown-customer.ts';
import { Customers } from './store/customers.ts';

class TokenRequest {
  @IsOptional() @IsUUID() customerId?: string;
  @IsOptional() @IsIn(identifierKinds) kind?: IdentifierKind;
  @IsOptional() @IsString() @MinLength(1) @MaxLength(256) @NotContains('\0') value?: string;
  /** How long it is valid: a minute to a day. */
  @IsInt() @Min(60) @Max(86_400) seconds = 3_600;
}

/** An app's back end, which knows who has signed in, asks for a token that opens this customer only. */
@Controller('api/v1/customer-tokens')
export class CustomerTokensController {
  constructor(
    private readonly customers: Customers,
    private readonly tokens: CustomerTokens,
  ) {}

  @Allow('admin', 'app')
  @Says("A token that opens one customer, for that customer's own app.", {
    answers: IssuedToken,
    example: { kind: 'user_id', value: 'ada', seconds: 3_600 },
  })
  @Fails(400, 'customer-missing')
  @Fails(404, 'not-found')
  @Post()
  async issue(@Body() request: TokenRequest): Promise<IssuedToken> {
    const customerId = await this.customerOf(request);
    if (!customerId) throw notFound('customer');
    const expiresAt = new Date(Date.now() + request.seconds * 1_000).toISOString();
    return { token: await this.tokens.issue(customerId, request.seconds), customerId, expiresAt };
  }

  private async customerOf({ customerId, kind, value }: TokenRequest): Promise<string | undefined> {
    if (customerId) return (await this.customers.exists(customerId)) ? customerId : undefined;
    const identifier = kind && value && normalise(kind, value);
    if (!identifier)
      throw new Problem(400, 'customer-missing', 'Name the customer by `customerId`, or by `kind` and `value`.');
    return this.customers.find(identifier);
  }
}
