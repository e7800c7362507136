import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type Identifier, type IdentifierKind, normalise } from '@sestante/identity';
import { Audited, CallerAccess, jsonSchema, type KeyCaller, Problem, type Role, Roles } from '@sestante/runtime';
import { IsOptional, IsString, MaxLength, MinLength, NotContains } from 'class-validator';
import { CountryField, KindField, ValueField } from '../identifier-fields.ts';
import { maskIdentifier } from '../masking/mask-identifier.ts';
import { maskName } from '../masking/mask-text.ts';
import { roleSeesInFull } from '../masking/sees-in-full.ts';
import { Customers } from '../store/customers.ts';
import { type Found, SearchCustomers } from './search-customers.ts';
import { FoundCustomers } from './search-response.ts';

class SearchQuery {
  @ApiPropertyOptional({
    minLength: 2,
    maxLength: 100,
    pattern: '^[^\\0]*$',
    description: 'An identifier of any kind, or the beginning of a name. Not for the role `app`.',
  })
  @IsOptional()
  @IsString()
  @MinLength(2)
  @MaxLength(100)
  @NotContains('\0')
  query?: string;
  @KindField({ isRequired: false, description: 'With `value`, instead of `query`.' })
  kind?: IdentifierKind;
  @ValueField({ isRequired: false })
  value?: string;
  @CountryField()
  country?: string;
}

/** Finds customers. */
@ApiTags('Customers')
@Controller('api/v1/customers')
export class SearchController {
  constructor(
    private readonly customers: Customers,
    private readonly search: SearchCustomers,
  ) {}

  @Roles('admin', 'marketing', 'clerk', 'app')
  @Audited('customer.found')
  @ApiOperation({
    summary:
      'Finds the customer that has an identifier (`kind` and `value`), or customers by what is known of them (`query`).',
  })
  @ApiOkResponse({ schema: jsonSchema(FoundCustomers) })
  @Get()
  async find(@Query() asked: SearchQuery, @CallerAccess() { role }: KeyCaller): Promise<FoundCustomers> {
    const { query, kind, value, country } = asked;
    if (query !== undefined && kind === undefined && value === undefined) return this.findByQuery(query, country, role);
    if (query === undefined && kind !== undefined && value !== undefined)
      return this.findByIdentifier(normalise(kind, value, country));
    throw new Problem(400, 'bad-request', 'Send either `query`, or `kind` and `value`.');
  }

  private async findByIdentifier(identifier: Identifier | undefined): Promise<FoundCustomers> {
    const customerId = identifier && (await this.customers.find(identifier));
    return { items: customerId ? [{ customerId }] : [] };
  }

  private async findByQuery(query: string, country: string | undefined, role: Role): Promise<FoundCustomers> {
    if (role === 'app')
      throw new Problem(403, 'forbidden', 'An API key with the role app finds customers by `kind` and `value` only.');
    const found = await this.search.find(query, country);
    return { items: found.map(roleSeesInFull(role) ? toItem : (one) => toItem(masked(one))) };
  }
}

function masked(found: Found): Found {
  const { identifiers, name } = found;
  return { ...found, identifiers: identifiers.map(maskIdentifier), name: name && maskName(name) };
}

function toItem({
  customerId,
  identifiers,
  name,
  matched,
  isUnconfirmed,
  lastSeenAt,
}: Found): FoundCustomers['items'][number] {
  return {
    ...{ customerId, identifiers: [...identifiers], name, matched, isUnconfirmed },
    ...(lastSeenAt && { lastSeenAt: lastSeenAt.toISOString() }),
  };
}
