import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { Allow, ApiProblem, CustomerTokens, jsonSchema, notFound, Problem } from '@sestante/runtime';
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
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  customerId?: string;
  @ApiPropertyOptional({ enum: identifierKinds })
  @IsOptional()
  @IsIn(identifierKinds)
  kind?: IdentifierKind;
  @ApiPropertyOptional({ minLength: 1, maxLength: 256, pattern: '^[^\\0]*$' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  @NotContains('\0')
  value?: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 60,
    maximum: 86_400,
    default: 3_600,
    description: 'How long it is valid: a minute to a day.',
  })
  @IsInt()
  @Min(60)
  @Max(86_400)
  seconds = 3_600;
}

/** An app's back end, which knows who has signed in, asks for a token that opens this customer only. */
@ApiTags('Customer tokens')
@Controller('api/v1/customer-tokens')
export class CustomerTokensController {
  constructor(
    private readonly customers: Customers,
    private readonly tokens: CustomerTokens,
  ) {}

  @Allow('admin', 'app')
  @ApiOperation({ summary: "A token that opens one customer, for that customer's own app." })
  @ApiBody({ type: TokenRequest, examples: { customer: { value: { kind: 'user_id', value: 'ada', seconds: 3_600 } } } })
  @ApiCreatedResponse({ schema: jsonSchema(IssuedToken) })
  @ApiProblem(400, 'customer-missing')
  @ApiProblem(404, 'not-found')
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
