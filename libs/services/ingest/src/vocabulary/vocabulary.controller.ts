import { Controller, Get, Header, Headers, HttpStatus, Res } from '@nestjs/common';
import { ApiHeader, ApiNotModifiedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { vocabularySchema } from '@sestante/contracts';
import { Public } from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';

const text = JSON.stringify(vocabularySchema());
const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;

/** Returns the vocabulary, for engineers who integrate a source. It is public, and changes only with the version of Sestante. */
@ApiTags('Vocabulary')
@Controller('api/v1/vocabulary')
export class VocabularyController {
  @Public()
  @ApiOperation({ summary: 'Returns the properties of every activity in the vocabulary as JSON Schema.' })
  @ApiProduces('application/schema+json')
  @ApiOkResponse({ schema: { type: 'object', required: ['$schema', '$defs'] } })
  @ApiNotModifiedResponse()
  @ApiHeader({ name: 'if-none-match', required: false, description: 'The ETag of an earlier response.' })
  @Get()
  @Header('content-type', 'application/schema+json')
  @Header('cache-control', 'public, max-age=300')
  @Header('etag', etag)
  read(@Res({ passthrough: true }) reply: FastifyReply, @Headers('if-none-match') known?: string): string {
    if (!known?.includes(etag)) return text;
    reply.status(HttpStatus.NOT_MODIFIED);
    return '';
  }
}
