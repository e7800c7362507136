import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  linkRules,
  type IdentifierKind,
  mostConnected,
  mostPartners,
  normalise,
  refusals,
  rights,
} from '@sestante/identity';
import {
  ApiProblem,
  CallerAccess,
  InjectLogger,
  jsonSchema,
  type KeyCaller,
  type Logger,
  notFound,
  Problem,
  Roles,
} from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { CountryField, KindField, ValueField } from './identifier-fields.ts';
import { BlockedIdentifiers, IdentityRules, UnlimitedIdentifier } from './identity-response.ts';
import { maskIdentifier } from './masking/mask-identifier.ts';
import { roleSeesInFull } from './masking/sees-in-full.ts';
import { Merges } from './merges.ts';
import { listBlocked } from './store/blocked.ts';

class BlockRequest {
  @KindField()
  kind!: IdentifierKind;
  @ValueField()
  value!: string;
  @CountryField()
  country?: string;
}

/** The rules of identity in force, and the identifiers that identify nobody, such as the card that a till uses for demonstrations. */
@ApiTags('Identity')
@Controller('api/v1/identity')
export class BlockedIdentifiersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly merges: Merges,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @Roles('marketing', 'clerk')
  @ApiOperation({ summary: 'Returns the rules of identity that are in force.' })
  @ApiOkResponse({ schema: jsonSchema(IdentityRules) })
  @Get('rules')
  async rules(): Promise<IdentityRules> {
    const { length: blocked } = await listBlocked(this.dataSource);
    return { rules: [...linkRules], refusals: [...refusals], mostPartners, mostConnected, rights, blocked };
  }

  @Roles('marketing', 'clerk')
  @ApiOperation({ summary: 'Lists the blocked identifiers.', description: 'They are masked for marketing.' })
  @ApiOkResponse({ schema: jsonSchema(BlockedIdentifiers) })
  @Get('blocked')
  async list(@CallerAccess() { role }: KeyCaller): Promise<BlockedIdentifiers> {
    const blocked = await listBlocked(this.dataSource);
    if (roleSeesInFull(role)) return { items: blocked };
    return { items: blocked.map((one) => ({ memberId: one.memberId, ...maskIdentifier(one) })) };
  }

  @Roles('marketing')
  @ApiOperation({ summary: 'Blocks an identifier: activities link it with nobody, and links that exist are refused.' })
  @ApiBody({ type: BlockRequest, examples: { demo: { value: { kind: 'loyalty_card', value: '4711' } } } })
  @ApiCreatedResponse({ schema: jsonSchema(BlockedIdentifiers.properties.items.items) })
  @ApiProblem(400, 'identifier-invalid')
  @Post('blocked')
  async block(@Body() { kind, value, country }: BlockRequest, @CallerAccess() by: KeyCaller) {
    const identifier = normalise(kind, value, country);
    if (!identifier) throw new Problem(400, 'identifier-invalid', '`value` is no identifier of this kind.');
    const memberId = await this.merges.block(identifier, by);
    this.logger.info({ memberId, keyId: by.keyId }, 'identifier blocked');
    return { memberId, ...identifier };
  }

  @Roles('marketing')
  @ApiOperation({ summary: 'Unblocks an identifier.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @HttpCode(204)
  @Delete('blocked/:memberId')
  async unblock(@Param('memberId', ParseUUIDPipe) memberId: string, @CallerAccess() by: KeyCaller): Promise<void> {
    if (!(await this.merges.unblock(memberId, by))) throw notFound('blocked identifier');
    this.logger.info({ memberId, keyId: by.keyId }, 'identifier unblocked');
  }

  @Roles()
  @ApiOperation({
    summary: "Decides that a shared identifier is one person's, with however many others it comes.",
    description: 'Links that were refused because of it are tried again. To undo it, block the identifier.',
  })
  @ApiOkResponse({ schema: jsonSchema(UnlimitedIdentifier) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'too-many-connected')
  @Delete('shared/:memberId')
  async unlimit(
    @Param('memberId', ParseUUIDPipe) memberId: string,
    @CallerAccess() by: KeyCaller,
  ): Promise<UnlimitedIdentifier> {
    const customerId = await this.merges.unlimit(memberId, by);
    if (customerId === undefined) throw notFound('shared identifier');
    this.logger.info({ memberId, keyId: by.keyId }, 'identifier is not shared any more');
    return { memberId, customerId };
  }
}
