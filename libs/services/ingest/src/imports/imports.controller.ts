import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblem, bodyOf, contentTypeOf, jsonSchema, Problem, ReadsBody } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { TakesWriteKey } from '../sources/takes-write-key.ts';
import { DryRun } from './dry/dry-run.ts';
import { DryRunResponse } from './dry/dry-run-response.ts';
import { mostLinesOfBatch } from '../formats/files/batches.ts';
import type { Import } from './import.ts';
import type { ImportFormat } from '../formats/files/file-format.ts';
import { ImportAccess } from './import-access.ts';
import { ImportListRequest, UploadRequest } from './import-requests.ts';
import { Imports } from './imports.ts';
import { type Encoding, encodings } from '../formats/files/mapping.ts';
import { mappingOfUpload } from './mappings/mapping-of-upload.ts';
import { Mappings } from './mappings/mappings.ts';
import { TakeUploads } from './take-uploads.ts';
import { File, fileTypes, ImportResponse, ImportPageResponse, UploadResponse } from './import-response.ts';
import type { Upload, UploadReport } from './upload.ts';

/** With `dry=true`, the response is a dry run. */
const UploadAnswer = Type.Union([UploadResponse, DryRunResponse], { $id: 'UploadAnswer' });

interface ImportPage {
  readonly items: readonly Import[];
  readonly next: string | null;
}

/** Imports files of events. A source sends them with a secret key and reads its own imports; an administrator reads all. */
@TakesWriteKey('headers')
@ApiProblem(403, 'key-not-secret')
@ApiTags('Imports')
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly access: ImportAccess,
    private readonly uploads: TakeUploads,
    private readonly imports: Imports,
    private readonly mappings: Mappings,
    private readonly dryRun: DryRun,
  ) {}

  /** The body is the file. An interrupted upload resumes with the same id. For a finished import, the response is its report and the body is not read. */
  @ReadsBody()
  @ApiOperation({ summary: 'Imports a file of events, or resumes an interrupted import.' })
  @ApiOkResponse({ schema: jsonSchema(UploadAnswer) })
  @ApiConsumes(...fileTypes)
  @ApiBody({ schema: jsonSchema(File) })
  @ApiProblem(400, 'file-empty', 'not-gzip', 'header-invalid', 'file-differs', 'from-wrong')
  @ApiProblem(400, 'mapping-invalid', 'csv-only')
  @ApiProblem(404, 'not-found')
  @ApiProblem(408, 'body-incomplete', 'body-stalled')
  @ApiProblem(409, 'import-id-taken', 'format-differs', 'import-running', 'import-taken', 'import-too-old')
  @ApiProblem(413, 'import-too-long')
  @ApiProblem(415, 'encoding-unknown', 'format-missing')
  @ApiProblem(429, 'rate-limited')
  @ApiProblem(503, 'stream-unavailable', 'stopping')
  @Post()
  @HttpCode(200)
  async take(
    @Req() request: FastifyRequest,
    @Query() { id = randomUUID(), format: requested, from, mapping: name, dry, corrected, ...reading }: UploadRequest,
  ): Promise<UploadReport | DryRunResponse> {
    const senderOf = () => this.access.senderOf(request);
    const sender = await senderOf();
    const format = requested ?? formatOf(contentTypeOf(request));
    const stored = name === undefined ? undefined : await this.mappings.get(sender.id, name);
    const length = Number(request.headers['content-length']);
    const upload: Upload = {
      id,
      sourceId: sender.id,
      format,
      mapping: mappingOfUpload(format, stored, { ...reading, charset: charsetOf(contentTypeOf(request)) }),
      size: Number.isSafeInteger(length) ? length : null,
      from,
      isCorrected: corrected === 'true',
      isZipped: isZipped(request),
      mostLinesOfBatch: Math.min(mostLinesOfBatch, sender.eventsPerSecond ?? mostLinesOfBatch),
      senderOf,
      bodyOf: (signal) => bodyOf(request, signal),
    };
    return dry === 'true' ? this.uploads.admit(() => this.dryRun.of(upload, sender)) : this.uploads.take(upload);
  }

  @ApiOperation({ summary: 'Lists the imports of the source, or all imports for an administrator, newest first.' })
  @ApiOkResponse({ schema: jsonSchema(ImportPageResponse) })
  @ApiProblem(403, 'forbidden')
  @Get()
  async list(@Req() request: FastifyRequest, @Query() { before, limit }: ImportListRequest): Promise<ImportPage> {
    const sourceId = await this.access.sourceSeenBy(request);
    const items = await this.imports.list(sourceId, { before: before ?? null, limit });
    return { items, next: items.length === limit ? items.at(-1)!.id : null };
  }

  @ApiOperation({ summary: 'Returns an import with its progress.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ schema: jsonSchema(ImportResponse) })
  @ApiProblem(403, 'forbidden')
  @ApiProblem(404, 'not-found')
  @Get(':id')
  async get(@Req() request: FastifyRequest, @Param('id', ParseUUIDPipe) id: string): Promise<Import> {
    return this.imports.get(id, await this.access.sourceSeenBy(request));
  }
}

/** Whether `Content-Encoding` is gzip. Without the header, the first bytes of the body decide elsewhere. */
function isZipped({ headers }: FastifyRequest): boolean {
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  if (encoding === 'identity') return false;
  throw new Problem(415, 'encoding-unknown', '`Content-Encoding` of a file must be gzip or identity.');
}

const types: readonly [RegExp, ImportFormat][] = [
  [/^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines)\b/i, 'ndjson'],
  [/^text\/csv\b/i, 'csv'],
];

/** The charset of a content type such as `text/csv; charset=windows-1252`; undefined if it is not a supported encoding. */
function charsetOf(contentType = ''): Encoding | undefined {
  const name = /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase();
  const canonical = name === 'latin1' ? 'iso-8859-1' : name === 'cp1252' ? 'windows-1252' : name;
  return encodings.find((encoding) => encoding === canonical);
}

function formatOf(contentType = ''): ImportFormat {
  const [, format] = types.find(([pattern]) => pattern.test(contentType.trim())) ?? [];
  if (format) return format;
  throw new Problem(
    415,
    'format-missing',
    'Send the format of the file: ?format=ndjson or csv, or the content type application/x-ndjson or text/csv.',
  );
}
