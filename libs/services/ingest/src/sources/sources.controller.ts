import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { Allow } from '@sestante/runtime';
import { defined } from '../accept/defined.ts';
import { claimableKinds } from './source.ts';
import { KeyRequest, NewSourceRequest, RotationRequest, SourceChangeRequest } from './source-requests.ts';
import { type NewKey, type ShownSource, Sources } from './sources.ts';

const hourMs = 3_600_000;

/** The systems that send activities. A write key is shown once, when it is made. */
@Allow('admin')
@Controller('api/v1/sources')
export class SourcesController {
  constructor(private readonly sources: Sources) {}

  @Get()
  async list(): Promise<{ items: ShownSource[] }> {
    return { items: await this.sources.list() };
  }

  @Post()
  async create(
    @Body() { key, name, channel, ...given }: NewSourceRequest,
  ): Promise<ShownSource & { writeKey: string }> {
    const defaults = { claims: [...claimableKinds], origins: [], eventsPerSecond: null, isPaused: false };
    const made = await this.sources.create({ ...defaults, ...defined(given), name, channel }, key);
    return { ...made.source, writeKey: made.key.writeKey };
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<ShownSource> {
    return this.sources.get(id);
  }

  @Patch(':id')
  change(@Param('id', ParseUUIDPipe) id: string, @Body() change: SourceChangeRequest): Promise<ShownSource> {
    return this.sources.change(id, defined(change));
  }

  @Post(':id/keys')
  addKey(@Param('id', ParseUUIDPipe) id: string, @Body() { kind }: KeyRequest): Promise<NewKey> {
    return this.sources.addKey(id, kind);
  }

  /** A new key of the same kind. The old one lives on for some hours, in which the senders change over. */
  @Post(':id/keys/:keyId/rotate')
  rotateKey(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('keyId', ParseUUIDPipe) keyId: string,
    @Body() { overlapHours }: RotationRequest,
  ): Promise<NewKey> {
    return this.sources.rotateKey(id, keyId, new Date(Date.now() + overlapHours * hourMs));
  }

  /** The key is worth nothing any more; other processes may take it for 10 s. */
  @Delete(':id/keys/:keyId')
  @HttpCode(204)
  async endKey(@Param('id', ParseUUIDPipe) id: string, @Param('keyId', ParseUUIDPipe) keyId: string): Promise<void> {
    await this.sources.endKey(id, keyId);
  }
}
