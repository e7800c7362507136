import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Roles, ApiProblem, jsonSchema } from '@sestante/runtime';
import { defined } from '../types/defined.ts';
import { NewKey, NewSource, SourceResponse, SourceList } from './source-response.ts';
import { claimableKinds } from '../types/source.ts';
import { KeyRequest, NewSourceRequest, RotationRequest, SourceChangeRequest } from './source-requests.ts';
import { Sources } from './sources.ts';

const hourMs = 3_600_000;
const newSource = {
  origins: [],
  eventsPerSecond: null,
  isPaused: false,
  isStrict: false,
  pagesMayLink: false,
  timeZone: null,
  country: null,
  consentCategories: {},
};

/** Manages sources and their keys. A write key is returned once, when it is created. */
@Roles('admin')
@ApiTags('Sources')
@Controller('api/v1/sources')
export class SourcesController {
  constructor(private readonly sources: Sources) {}

  @ApiOperation({ summary: 'Lists the sources, sorted by name.' })
  @ApiOkResponse({ schema: jsonSchema(SourceList) })
  @Get()
  async list(): Promise<SourceList> {
    return { items: await this.sources.list() };
  }

  @ApiOperation({ summary: 'Creates a source with its first key.' })
  @ApiBody({
    type: NewSourceRequest,
    examples: {
      shop: { value: { name: 'web shop', channel: 'web', key: 'browser', origins: ['https://shop.example'] } },
    },
  })
  @ApiCreatedResponse({ schema: jsonSchema(NewSource) })
  @ApiProblem(409, 'name-taken')
  @Post()
  async create(@Body() { key, name, channel, ...given }: NewSourceRequest): Promise<NewSource> {
    const defaults = { ...newSource, claims: [...claimableKinds] };
    const made = await this.sources.create({ ...defaults, ...defined(given), name, channel }, key);
    return { ...made.source, writeKey: made.key.writeKey };
  }

  @ApiOperation({ summary: 'Returns one source.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ schema: jsonSchema(SourceResponse) })
  @ApiProblem(404, 'not-found')
  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<SourceResponse> {
    return this.sources.get(id);
  }

  @ApiOperation({ summary: 'Changes the given fields of a source.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody({
    type: SourceChangeRequest,
    examples: {
      pause: { value: { isPaused: true } },
      consent: { value: { consentCategories: { C0004: ['offers', 'email'] } } },
    },
  })
  @ApiOkResponse({ schema: jsonSchema(SourceResponse) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'name-taken')
  @Patch(':id')
  change(@Param('id', ParseUUIDPipe) id: string, @Body() change: SourceChangeRequest): Promise<SourceResponse> {
    return this.sources.change(id, defined(change));
  }

  @ApiOperation({ summary: 'Creates another key for a source.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody({ type: KeyRequest, examples: { browser: { value: { kind: 'browser' } } } })
  @ApiCreatedResponse({ schema: jsonSchema(NewKey) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'too-many-keys')
  @Post(':id/keys')
  addKey(@Param('id', ParseUUIDPipe) id: string, @Body() { kind }: KeyRequest): Promise<NewKey> {
    return this.sources.addKey(id, kind);
  }

  @ApiOperation({
    summary: 'Creates a new key of the same kind, while the old one stays valid for some hours.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'keyId', format: 'uuid' })
  @ApiBody({ type: RotationRequest, required: false, examples: { day: { value: { overlapHours: 24 } } } })
  @ApiCreatedResponse({ schema: jsonSchema(NewKey) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'key-configured', 'key-ending', 'too-many-keys')
  @Post(':id/keys/:keyId/rotate')
  rotateKey(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('keyId', ParseUUIDPipe) keyId: string,
    @Body() { overlapHours }: RotationRequest,
  ): Promise<NewKey> {
    return this.sources.rotateKey(id, keyId, new Date(Date.now() + overlapHours * hourMs));
  }

  @ApiOperation({ summary: 'Revokes a key, which other processes may still accept for 10 s.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'keyId', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'key-configured', 'key-ending')
  @Delete(':id/keys/:keyId')
  @HttpCode(204)
  async endKey(@Param('id', ParseUUIDPipe) id: string, @Param('keyId', ParseUUIDPipe) keyId: string): Promise<void> {
    await this.sources.endKey(id, keyId);
  }
}
