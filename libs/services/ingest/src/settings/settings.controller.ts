import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { Open } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { Authenticate } from '../sources/authenticate.ts';
import { addressOf } from './address.ts';
import { type SegmentSettings, segmentSettings } from './segment-settings.ts';
import { type SourceConfig, sourceConfig } from './source-config.ts';

/** What SDKs for browsers and apps ask before they send anything. */
@Controller()
@Open()
export class SettingsController {
  constructor(private readonly authenticate: Authenticate) {}

  /** Not for caches: the answer depends on the name by which we were asked. */
  @Get(['v1/projects/:key/settings', 'projects/:key/settings'])
  @Header('cache-control', 'no-store')
  async ofSegment(@Req() request: FastifyRequest, @Param('key') key: string): Promise<SegmentSettings> {
    await this.authenticate.senderOf(request, key);
    return segmentSettings(key, addressOf(request));
  }

  @Get('sourceConfig')
  async ofRudderstack(@Req() request: FastifyRequest, @Query('writeKey') writeKey: unknown): Promise<SourceConfig> {
    return sourceConfig(await this.authenticate.senderOf(request, writeKey));
  }
}
