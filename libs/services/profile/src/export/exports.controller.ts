import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import {
  actorOf,
  AnyCustomerOrRoles,
  ApiProblem,
  Audited,
  AuditLog,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerOrRoles,
  jsonSchema,
  notFound,
  Problem,
} from '@sestante/runtime';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Customers } from '../store/customers.ts';
import { ExportResponse, RequestedExport, statusOf, toExportResponse } from './export-response.ts';
import { Exports, type StoredExport } from './exports.ts';
import type { Requester } from './open-export.ts';
import { RequestExports } from './request-exports.ts';
import { type Format, formats, WriteExport } from './write-export.ts';

class FileQuery {
  @ApiPropertyOptional({
    enum: formats,
    default: 'zip',
    description: '`zip`: all files, for people and programs. `json`: one document with everything. `html`: the page.',
  })
  @IsIn(formats)
  format: Format = 'zip';
}

const contentTypes: Readonly<Record<Format, string>> = {
  zip: 'application/zip',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** Gives customers a copy of everything that is stored about them. It is collected in the background. */
@ApiTags('Exports')
@Controller('api/v1')
export class ExportsController {
  constructor(
    private readonly customers: Customers,
    private readonly exports: Exports,
    private readonly requests: RequestExports,
    private readonly files: WriteExport,
    private readonly audit: AuditLog,
  ) {}

  @CustomerOrRoles('clerk')
  @Audited('export.requested')
  @ApiOperation({
    summary: 'Starts to collect a copy of everything that is stored about a customer.',
    description:
      'It is made in the background, from all services. One at a time: while one is collected, its id is returned. The newest three are kept. At most three are made within an hour, with those that were cancelled.',
  })
  @ApiAcceptedResponse({ schema: jsonSchema(RequestedExport) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(429, 'rate-limited')
  @HttpCode(202)
  @Post('customers/:id/exports')
  async request(@CustomerId() id: string, @CallerAccess() caller: Caller): Promise<RequestedExport> {
    const customerId = await this.customers.requireId(id);
    return { exportId: await this.requests.request(customerId, requesterOf(caller)) };
  }

  @AnyCustomerOrRoles('clerk')
  @ApiOperation({
    summary: 'Returns how far an export is.',
    description: 'Only the customer sees it, and the role that asked for it.',
  })
  @ApiOkResponse({ schema: jsonSchema(ExportResponse) })
  @ApiParam({ name: 'exportId', format: 'uuid' })
  @Get('exports/:exportId')
  async read(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @CallerAccess() caller: Caller,
  ): Promise<ExportResponse> {
    return toExportResponse(await this.ownExport(exportId, caller));
  }

  @AnyCustomerOrRoles('clerk')
  @ApiOperation({
    summary: 'Downloads an export: as a ZIP archive, as one JSON document, or as a page for people.',
    description: 'Only the customer may, and the role that asked for it.',
  })
  @ApiProduces('application/zip', 'application/json', 'text/html')
  @ApiOkResponse({
    schema: { description: 'The file. A document in JSON has a property for each file of the archive.' },
  })
  @ApiParam({ name: 'exportId', format: 'uuid' })
  @ApiProblem(409, 'export-not-ready')
  @ApiProblem(410, 'export-expired', 'export-cancelled')
  @Get('exports/:exportId/file')
  async download(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @Query() { format }: FileQuery,
    @CallerAccess() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const stored = await this.ownExport(exportId, caller);
    requireFile(stored);
    if (caller.kind === 'key')
      await this.audit.add({ action: 'export.read', customerIds: [stored.customerId], actor: actorOf(caller) });
    void reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    return new StreamableFile(await this.files.as(format, stored), {
      type: contentTypes[format],
      disposition: `${format === 'html' ? 'inline' : 'attachment'}; filename="my-data.${format}"`,
    });
  }

  @AnyCustomerOrRoles('clerk')
  @ApiOperation({ summary: 'Cancels an export and removes its files.' })
  @ApiNoContentResponse()
  @ApiParam({ name: 'exportId', format: 'uuid' })
  @HttpCode(204)
  @Delete('exports/:exportId')
  async cancel(@Param('exportId', ParseUUIDPipe) exportId: string, @CallerAccess() caller: Caller): Promise<void> {
    const { customerId } = await this.ownExport(exportId, caller);
    if (caller.kind === 'key')
      await this.audit.add({ action: 'export.cancelled', customerIds: [customerId], actor: actorOf(caller) });
    await this.exports.cancel(exportId);
  }

  /** The export, if the caller may see it. Otherwise it does not exist for the caller: 404. */
  private async ownExport(exportId: string, caller: Caller): Promise<StoredExport> {
    const stored = await this.exports.find(exportId);
    if (!stored || !(await this.maySee(stored, caller))) throw notFound('export');
    return stored;
  }

  private async maySee({ customerId, requester }: StoredExport, caller: Caller): Promise<boolean> {
    if (caller.kind === 'customer') return customerId === (await this.customers.currentId(caller.customerId));
    return requester === caller.role;
  }
}

const requesterOf = (caller: Caller): Requester => (caller.kind === 'customer' ? 'customer' : caller.role);

/** Throws 409 or 410. */
function requireFile(stored: StoredExport): void {
  const status = statusOf(stored);
  if (status === 'collecting')
    throw new Problem(
      409,
      'export-not-ready',
      'The export is not complete yet. Its progress names the services that are awaited.',
      2,
    );
  if (status === 'expired') throw new Problem(410, 'export-expired', 'The files are removed. Ask for a new export.');
  if (status === 'cancelled')
    throw new Problem(410, 'export-cancelled', 'The export was cancelled. Ask for a new one.');
}
