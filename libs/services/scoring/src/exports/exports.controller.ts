import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { withClient } from '@sestante/postgres';
import {
  ApiProblem,
  AuditLog,
  CallerAccess,
  InjectLogger,
  type KeyCaller,
  type Logger,
  notFound,
  Problem,
  Roles,
} from '@sestante/runtime';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { conditionOf, type CustomerCondition } from '../audiences/condition-of.ts';
import { expandRule } from '../audiences/expand-rule.ts';
import { KeepViews } from '../bi/keep-views.ts';
import { LiveModel } from '../live-model.ts';
import { findScoreRows } from '../read-model/landmark.ts';
import { scoreExpressions } from '../read-model/score-expressions.ts';
import { findAudiences } from '../store/audiences.ts';
import { type AskedFile, copyCustomers } from './copy-customers.ts';
import { contentTypes, type Format, formats } from './file-format.ts';
import { parquetFile } from './parquet-file.ts';

/** Each holds a connection, and a core of the database. */
export const mostExports = 2;

class ExportQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'An audience: only its members; the default is everybody.' })
  @IsOptional()
  @IsUUID()
  audience?: string;

  @ApiPropertyOptional({
    enum: formats,
    default: 'ndjson',
    description:
      '`ndjson`: one JSON object per line, like the items of a query. `csv` and `parquet`: the columns of the view `bi.customers`; lists are joined by spaces. In `csv`, a text that a spreadsheet would take for a formula begins with an apostrophe.',
  })
  @IsIn(formats)
  format: Format = 'ndjson';
}

/** Lets the scores of many customers out as a file. */
@Roles('marketing')
@ApiTags('Scores')
@Controller('api/v1/scores')
export class ExportsController {
  private running = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly views: KeepViews,
    private readonly audit: AuditLog,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @ApiOperation({
    summary: 'Exports the scores of all customers now, or of the members of an audience.',
    description: `The file is sent while it is read, in no particular order. At most ${mostExports} are sent at the same time.`,
  })
  @ApiProduces(...Object.values(contentTypes))
  @ApiOkResponse({ schema: { description: 'The file.' } })
  @ApiProblem(404, 'not-found')
  @ApiProblem(429, 'too-many-exports')
  @Get('export')
  async export(@Query() { audience, format }: ExportQuery, @CallerAccess() caller: KeyCaller): Promise<StreamableFile> {
    if (this.running >= mostExports)
      throw new Problem(429, 'too-many-exports', `${mostExports} exports are being sent. Retry later.`, 10);
    const asked = { format, condition: await this.conditionOf(audience) };
    await this.views.refresh();
    await this.audit.noteAll('scores.exported', caller);
    this.logger.info({ audienceId: audience, format, keyId: caller.keyId }, 'export of scores begins');
    return new StreamableFile(Readable.from(this.fileOf(asked), { objectMode: false }), {
      type: contentTypes[format],
      disposition: `attachment; filename="customers.${format}"`,
    });
  }

  private async *fileOf(asked: AskedFile): AsyncGenerator<Uint8Array> {
    this.running += 1;
    try {
      const rows = copyCustomers(this.dataSource, asked);
      yield* asked.format === 'parquet' ? parquetFile(rows) : rows;
    } finally {
      this.running -= 1;
    }
  }

  /** Throws 404. */
  private async conditionOf(audience: string | undefined): Promise<CustomerCondition | undefined> {
    if (audience === undefined) return undefined;
    const rules = new Map((await findAudiences(this.dataSource)).map(({ audienceId, rule }) => [audienceId, rule]));
    const document = rules.get(audience.toLowerCase());
    if (!document) throw notFound('audience');
    const loaded = await this.live.read();
    const rows = await withClient(this.dataSource, (client) => findScoreRows(client, loaded));
    return rows
      ? conditionOf(scoreExpressions(rows, Date.now()), expandRule(document, rules))
      : { text: 'false', values: [] };
  }
}
