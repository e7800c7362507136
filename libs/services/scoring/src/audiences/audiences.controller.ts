import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblem,
  CallerAccess,
  InjectLogger,
  jsonSchema,
  type KeyCaller,
  type Logger,
  notFound,
  Roles,
} from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { findAudience, findAudiences, findRevisions, type StoredAudience } from '../store/audiences.ts';
import { AudienceRequest, NewAudienceRequest, VersionsQuery } from './audience-request.ts';
import {
  AudienceList,
  AudienceResponse,
  AudienceVersions,
  toAudience,
  toSummary,
  toVersion,
} from './audience-response.ts';
import { addAudience, removeAudience, replaceAudience } from './change-audiences.ts';
import { checkedRule } from './checked-rule.ts';
import { UpdateMembers } from './update-members.ts';

const example = {
  name: 'Let down lately',
  description: 'Trust has fallen, and we may write to them.',
  rule: {
    all: [
      { field: 'trust.drop', operator: 'at-least', value: 5 },
      { field: 'consents.offers', operator: 'equals', value: 'granted' },
    ],
  },
};

/** Keeps the audiences: named rules over customers, with every version. */
@Roles('marketing')
@ApiTags('Audiences')
@Controller('api/v1/audiences')
export class AudiencesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly members: UpdateMembers,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @ApiOperation({ summary: 'Lists all audiences by name.' })
  @ApiOkResponse({ schema: jsonSchema(AudienceList) })
  @Get()
  async list(): Promise<AudienceList> {
    return { items: (await findAudiences(this.dataSource)).map(toSummary) };
  }

  @ApiOperation({
    summary: 'Adds an audience.',
    description:
      'Its rule may name other audiences by `audience`, but not itself. The problem 422 lists all `faults` of the rule, each with its place.',
  })
  @ApiBody({ type: NewAudienceRequest, examples: { disappointed: { value: example } } })
  @ApiCreatedResponse({ schema: jsonSchema(AudienceResponse) })
  @ApiProblem(409, 'name-exists', 'too-many-audiences')
  @ApiProblem(422, 'rule-invalid')
  @Post()
  async add(
    @Body() { name, description, rule }: NewAudienceRequest,
    @CallerAccess() { keyId, name: by }: KeyCaller,
  ): Promise<AudienceResponse> {
    const content = { name, description, rule: checkedRule(rule) };
    const audienceId = await addAudience(this.dataSource, content, { keyId, name: by });
    this.logger.info({ audienceId, keyId }, 'audience added');
    this.members.notify();
    return toAudience(await this.require(audienceId));
  }

  @ApiOperation({ summary: 'Returns an audience with its rule.' })
  @ApiOkResponse({ schema: jsonSchema(AudienceResponse) })
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @Get(':audienceId')
  async read(@Param('audienceId', ParseUUIDPipe) audienceId: string): Promise<AudienceResponse> {
    return toAudience(await this.require(audienceId));
  }

  @ApiOperation({
    summary: 'Replaces the name, the description and the rule of an audience.',
    description:
      'If somebody else has changed it since it was read, the problem 409 lists the `differences` between what is stored now and what was sent.',
  })
  @ApiBody({ type: AudienceRequest, examples: { disappointed: { value: { ...example, revision: 1 } } } })
  @ApiOkResponse({ schema: jsonSchema(AudienceResponse) })
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'audience-changed', 'name-exists')
  @ApiProblem(422, 'rule-invalid')
  @Put(':audienceId')
  async replace(
    @Param('audienceId', ParseUUIDPipe) audienceId: string,
    @Body() { name, description, rule, revision }: AudienceRequest,
    @CallerAccess() { keyId, name: by }: KeyCaller,
  ): Promise<AudienceResponse> {
    const changed = { audienceId: audienceId.toLowerCase(), name, description, rule: checkedRule(rule), revision };
    await replaceAudience(this.dataSource, changed, { keyId, name: by });
    this.logger.info({ audienceId, keyId }, 'audience changed');
    this.members.notify();
    return toAudience(await this.require(audienceId));
  }

  @ApiOperation({
    summary: 'Deletes an audience with its versions.',
    description: 'An audience that others name is not deleted: the problem 409 lists those `audiences`.',
  })
  @ApiNoContentResponse()
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'audience-in-use')
  @HttpCode(204)
  @Delete(':audienceId')
  async remove(
    @Param('audienceId', ParseUUIDPipe) audienceId: string,
    @CallerAccess() { keyId }: KeyCaller,
  ): Promise<void> {
    await removeAudience(this.dataSource, audienceId.toLowerCase());
    this.logger.info({ audienceId, keyId }, 'audience deleted');
    this.members.notify();
  }

  @ApiOperation({ summary: 'Lists the versions of an audience, the latest first.' })
  @ApiOkResponse({ schema: jsonSchema(AudienceVersions) })
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @Get(':audienceId/versions')
  async versions(
    @Param('audienceId', ParseUUIDPipe) audienceId: string,
    @Query() { before, limit }: VersionsQuery,
  ): Promise<AudienceVersions> {
    const { revision } = await this.require(audienceId);
    const asked = { audienceId, before: before ?? revision + 1, limit };
    const versions = await findRevisions(this.dataSource, asked);
    const last = versions.at(-1)?.revision ?? 1;
    return { items: versions.map(toVersion), next: last > 1 ? last : null };
  }

  /** Throws 404. */
  private async require(audienceId: string): Promise<StoredAudience> {
    const audience = await findAudience(this.dataSource, audienceId);
    if (!audience) throw notFound('audience');
    return audience;
  }
}
