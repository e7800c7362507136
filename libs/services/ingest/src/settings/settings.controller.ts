import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblem, jsonSchema } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { Authenticate } from '../sources/authenticate.ts';
import { TakesWriteKey } from '../sources/takes-write-key.ts';
import { addressOf } from './address.ts';
import { SegmentSettings, segmentSettings } from './segment-settings.ts';
import { SourceConfig, sourceConfig } from './source-config.ts';

/** Returns the settings that SDKs for browsers and apps request before they send events. */
@ApiTags('SDK settings')
@Controller()
export class SettingsController {
  constructor(private readonly authenticate: Authenticate) {}

  /** Not cacheable: the response depends on the host name of the request. */
  @TakesWriteKey('path')
  @ApiOperation({ summary: 'Returns the settings that Segment SDKs request before they send events.' })
  @ApiOkResponse({ schema: jsonSchema(SegmentSettings) })
  @ApiParam({ name: 'key', description: 'The write key.' })
  @ApiProblem(400, 'bad-host')
  @Get(['v1/projects/:key/settings', 'projects/:key/settings'])
  @Header('cache-control', 'no-store')
  async ofSegment(@Req() request: FastifyRequest, @Param('key') key: string): Promise<SegmentSettings> {
    await this.authenticate.senderOf(request, key);
    return segmentSettings(key, addressOf(request));
  }

  @TakesWriteKey('query', 'headers')
  @ApiOperation({ summary: 'Returns the settings that RudderStack SDKs request before they send events.' })
  @ApiOkResponse({ schema: jsonSchema(SourceConfig) })
  @Get('sourceConfig')
  async ofRudderstack(@Req() request: FastifyRequest, @Query('writeKey') writeKey: unknown): Promise<SourceConfig> {
    return sourceConfig(await this.authenticate.senderOf(request, writeKey));
  }
}
