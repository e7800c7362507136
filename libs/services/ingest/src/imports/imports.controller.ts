import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { bodyOf, contentTypeOf, Open, Problem, ReadsBody } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { mostLinesOfBatch } from './file/batches.ts';
import type { Import, ImportFormat } from './import.ts';
import { ImportAccess } from './import-access.ts';
import { ImportListRequest, UploadRequest } from './import-requests.ts';
import { Imports } from './imports.ts';
import { TakeUploads } from './take-uploads.ts';
import type { UploadReport } from './upload.ts';

interface ImportPage {
  readonly items: readonly Import[];
  readonly next: string | null;
}

/** Files of events. A source sends them with a secret key, and sees its own; an administrator sees all. */
@Open()
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly access: ImportAccess,
    private readonly uploads: TakeUploads,
    private readonly imports: Imports,
  ) {}

  /** The file is the body. An upload that broke goes on under the same id; an import that is done is answered, and its body not read. */
  @ReadsBody()
  @Post()
  @HttpCode(200)
  async take(
    @Req() request: FastifyRequest,
    @Query() { id = randomUUID(), format, from }: UploadRequest,
  ): Promise<UploadReport> {
    const senderOf = () => this.access.senderOf(request);
    const sender = await senderOf();
    const length = request.headers['content-length'];
    return this.uploads.take({
      id,
      sourceId: sender.id,
      format: format ?? formatOf(contentTypeOf(request)),
      size: length === undefined ? null : Number(length),
      from,
      isZipped: isZipped(request),
      mostLinesOfBatch: Math.min(mostLinesOfBatch, sender.eventsPerSecond ?? mostLinesOfBatch),
      senderOf,
      bodyOf: (signal) => bodyOf(request, signal),
    });
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Query() { before, limit }: ImportListRequest): Promise<ImportPage> {
    const sourceId = await this.access.sourceSeenBy(request);
    const items = await this.imports.list(sourceId, { before: before ?? null, limit });
    return { items, next: items.length === limit ? items.at(-1)!.id : null };
  }

  @Get(':id')
  async get(@Req() request: FastifyRequest, @Param('id', ParseUUIDPipe) id: string): Promise<Import> {
    return this.imports.get(id, await this.access.sourceSeenBy(request));
  }
}

/** Without a word, the first bytes say it. */
function isZipped({ headers }: FastifyRequest): boolean {
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  if (encoding === 'identity') return false;
  throw new Problem(415, 'encoding-unknown', 'A file comes as it is, or as gzip.');
}

const types: readonly [RegExp, ImportFormat][] = [
  [/^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines)\b/i, 'ndjson'],
  [/^text\/csv\b/i, 'csv'],
];

function formatOf(contentType = ''): ImportFormat {
  const [, format] = types.find(([pattern]) => pattern.test(contentType.trim())) ?? [];
  if (format) return format;
  throw new Problem(
    415,
    'format-missing',
    'Say what the file is: ?format=ndjson or csv, or the content type application/x-ndjson or text/csv.',
  );
}
