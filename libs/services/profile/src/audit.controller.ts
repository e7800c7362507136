import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Instant } from '@sestante/contracts';
import {
  type AuditedAction,
  auditedActions,
  AuditLog,
  jsonSchema,
  PageLimit,
  Roles,
  usualPageLimit,
} from '@sestante/runtime';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, NotContains } from 'class-validator';
import { type Static, Type } from 'typebox';
import { Customers } from './store/customers.ts';

const AuditPage = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        entryId: Type.String(),
        at: Instant,
        action: Type.Enum([...auditedActions]),
        customerId: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
          description:
            'The id of the customer at that time; null for an entry about many customers, such as an export of everybody. The log of each customer has it.',
        }),
        actor: Type.Union([
          Type.Object({ kind: Type.Literal('key'), keyId: Type.String(), name: Type.String(), role: Type.String() }),
          Type.Object({ kind: Type.Literal('customer') }),
        ]),
      }),
    ),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
  },
  { $id: 'AuditPage' },
);
type AuditPage = Static<typeof AuditPage>;

class AuditQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Any id that the customer ever had.' })
  @IsOptional()
  @IsUUID()
  customerId?: string;
  @ApiPropertyOptional({ enum: auditedActions })
  @IsOptional()
  @IsIn(auditedActions)
  action?: AuditedAction;
  @ApiPropertyOptional({ maxLength: 64, description: 'The id of an API key.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  @NotContains('\0')
  keyId?: string;
  @ApiPropertyOptional({ pattern: '^\\d{1,18}$', description: 'The `next` of the previous page.' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  before?: string;
  @PageLimit() limit = usualPageLimit;
}

/** Shows who read personal data of customers, or acted for them, in all services. */
@ApiTags('Audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly log: AuditLog,
    private readonly customers: Customers,
  ) {}

  @Roles()
  @ApiOperation({ summary: 'Lists who read personal data of customers, or acted for them, newest first.' })
  @ApiOkResponse({ schema: jsonSchema(AuditPage) })
  @Get()
  async list(@Query() { customerId: id, limit, ...filter }: AuditQuery): Promise<AuditPage> {
    const customerIds = id === undefined ? undefined : await this.customers.allIds(id);
    const entries = await this.log.list({ ...filter, customerIds }, limit);
    return {
      items: entries.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
      next: entries.length === limit ? entries.at(-1)!.entryId : null,
    };
  }
}
