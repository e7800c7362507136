import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Req } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles, ApiProblem, jsonSchema, Problem } from '@sestante/runtime';
import { assertSound } from './mapping-faults.ts';
import { MappingRequest } from './mapping-request.ts';
import { Mappings, namePattern } from './mappings.ts';
import { MappingList, MappingResponse } from './mapping-response.ts';

const erp = {
  columns: { Belegnr: 'order_id', Kunde: 'userId', Datum: 'timestamp', Artikel: 'products[].sku', Summe: 'total' },
  otherColumns: 'ignore',
  values: { event: 'Order Completed', 'context.channel': 'store' },
  groupBy: 'order_id',
  messageId: 'erp-{order_id}',
  encoding: 'windows-1252',
  decimal: ',',
  dayFormat: 'dd.MM.yyyy HH:mm',
  timeZone: 'Europe/Berlin',
};

/** Manages the mappings of a source: how its CSV files are read. */
@Roles('admin')
@ApiProblem(404, 'not-found')
@ApiTags('CSV mappings')
@Controller('api/v1/sources/:id/mappings')
export class MappingsController {
  constructor(private readonly mappings: Mappings) {}

  @ApiOperation({ summary: 'Lists the mappings of a source, sorted by name.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ schema: jsonSchema(MappingList) })
  @Get()
  async list(@Param('id', ParseUUIDPipe) id: string): Promise<MappingList> {
    return { items: await this.mappings.list(id) };
  }

  @ApiOperation({ summary: 'Returns one mapping of a source.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ schema: jsonSchema(MappingResponse) })
  @Get(':name')
  get(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string): Promise<MappingResponse> {
    return this.mappings.get(id, name);
  }

  @ApiOperation({ summary: 'Stores a mapping under a name, and replaces an existing one.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody({ type: MappingRequest, examples: { erp: { value: erp } } })
  @ApiOkResponse({ schema: jsonSchema(MappingResponse) })
  @ApiProblem(400, 'mapping-invalid', 'name-invalid')
  @ApiProblem(409, 'too-many-mappings')
  @Put(':name')
  async keep(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('name') name: string,
    @Body() mapping: MappingRequest,
    @Req() { body }: FastifyRequest,
  ): Promise<MappingResponse> {
    if (!namePattern.test(name))
      throw new Problem(
        400,
        'name-invalid',
        'The name must have 1 to 64 letters, digits, dots, hyphens or underscores.',
      );
    // Without a body, every field would get its default, and the stored mapping would be lost.
    if (body === undefined || body === null) throw new Problem(400, 'mapping-invalid', 'The body must be a mapping.');
    assertSound(mapping);
    return this.mappings.keep(id, name, { ...mapping });
  }

  @ApiOperation({ summary: 'Removes a mapping, while running imports continue with it.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @Delete(':name')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string): Promise<void> {
    await this.mappings.remove(id, name);
  }
}
