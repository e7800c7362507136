import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Req } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Allow, ApiProblem, jsonSchema, Problem } from '@sestante/runtime';
import { assertSound } from './mapping-faults.ts';
import { MappingRequest } from './mapping-request.ts';
import { Mappings, namePattern } from './mappings.ts';
import { MappingList, ShownMapping } from './shown-mapping.ts';

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

/** How the CSV files of a source are read, for those that do not say it themselves. */
@Allow('admin')
@ApiProblem(404, 'not-found')
@ApiTags('CSV mappings')
@Controller('api/v1/sources/:id/mappings')
export class MappingsController {
  constructor(private readonly mappings: Mappings) {}

  @ApiOperation({ summary: 'The mappings of a source, by name.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ schema: jsonSchema(MappingList) })
  @Get()
  async list(@Param('id', ParseUUIDPipe) id: string): Promise<MappingList> {
    return { items: await this.mappings.list(id) };
  }

  @ApiOperation({ summary: 'One mapping of a source.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ schema: jsonSchema(ShownMapping) })
  @Get(':name')
  get(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string): Promise<ShownMapping> {
    return this.mappings.get(id, name);
  }

  @ApiOperation({ summary: 'Keeps a mapping under a name, in the place of the one that has it.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody({ type: MappingRequest, examples: { erp: { value: erp } } })
  @ApiOkResponse({ schema: jsonSchema(ShownMapping) })
  @ApiProblem(400, 'mapping-invalid', 'name-invalid')
  @ApiProblem(409, 'too-many-mappings')
  @Put(':name')
  async keep(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('name') name: string,
    @Body() mapping: MappingRequest,
    @Req() { body }: FastifyRequest,
  ): Promise<ShownMapping> {
    if (!namePattern.test(name))
      throw new Problem(
        400,
        'name-invalid',
        'The name must have 1 to 64 letters, digits, points, lines or underscores.',
      );
    // Without a body, every field has its default: a mapping that is kept would be lost.
    if (body === undefined || body === null) throw new Problem(400, 'mapping-invalid', 'The body must be a mapping.');
    assertSound(mapping);
    return this.mappings.keep(id, name, { ...mapping });
  }

  @ApiOperation({ summary: 'Removes a mapping; imports that run with it go on.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @Delete(':name')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string): Promise<void> {
    await this.mappings.remove(id, name);
  }
}
