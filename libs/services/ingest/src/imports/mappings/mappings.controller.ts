import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Allow, Fails, Problem, Says } from '@sestante/runtime';
import { assertSound } from './mapping-faults.ts';
import { MappingRequest } from './mapping-request.ts';
import { Mappings, namePattern } from './mappings.ts';
import { MappingList, ShownMapping } from './shown-mapping.ts';

const example = {
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
@Fails(404, 'not-found')
@Controller('api/v1/sources/:id/mappings')
export class MappingsController {
  constructor(private readonly mappings: Mappings) {}

  @Says('The mappings of a source, by name.', { answers: MappingList })
  @Get()
  async list(@Param('id', ParseUUIDPipe) id: string): Promise<MappingList> {
    return { items: await this.mappings.list(id) };
  }

  @Says('One mapping of a source.', { answers: ShownMapping })
  @Get(':name')
  get(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string): Promise<ShownMapping> {
    return this.mappings.get(id, name);
  }

  @Says('Keeps a mapping under a name, in the place of the one that has it.', { answers: ShownMapping, example })
  @Fails(400, 'mapping-invalid', 'name-invalid')
  @Fails(409, 'too-many-mappings')
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

  @Says('Removes a mapping; imports that run with it go on.')
  @Delete(':name')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string): Promise<void> {
    await this.mappings.remove(id, name);
  }
}
