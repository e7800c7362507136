import { Injectable } from '@nestjs/common';
import { notFound, Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { type Mapping, plainMapping } from '../../formats/files/mapping.ts';
import type { MappingResponse } from './mapping-response.ts';

/** The names of mappings. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** The most mappings of a source. */
export const mostMappings = 100;

interface Row {
  readonly name: string;
  readonly mapping: Partial<Mapping>;
  readonly changedAt: Date;
}

const columns = 'm.name, m.mapping, m.changed_at as "changedAt"';

/** The stored mappings of each source, by name. */
@Injectable()
export class Mappings {
  constructor(private readonly dataSource: DataSource) {}

  /** Creates or replaces a mapping. Throws 404 if there is no such source, 409 if it has too many mappings. */
  async keep(sourceId: string, name: string, mapping: Mapping): Promise<MappingResponse> {
    return this.dataSource.transaction(async (manager) => {
      const [source] = await manager.query<object[]>('select id from ingest.source where id = $1 for update', [
        sourceId,
      ]);
      if (!source) throw notFound('source');
      const [row] = await manager.query<Row[]>(
        `insert into ingest.mapping as m (source_id, name, mapping) values ($1, $2, $3)
         on conflict (source_id, name) do update set mapping = excluded.mapping, changed_at = now()
         returning ${columns}`,
        [sourceId, name, JSON.stringify(mapping)],
      );
      const [{ count }] = await manager.query<[{ count: number }]>(
        'select count(*)::int as count from ingest.mapping where source_id = $1',
        [sourceId],
      );
      if (count > mostMappings)
        throw new Problem(
          409,
          'too-many-mappings',
          `A source may have at most ${mostMappings} mappings. Remove one first.`,
        );
      return toMappingResponse(row!);
    });
  }

  /** The mappings of a source, sorted by name. Throws 404 if there is no such source. */
  async list(sourceId: string): Promise<MappingResponse[]> {
    const rows = await this.dataSource.query<(Row & { name: string | null })[]>(
      `select ${columns} from ingest.source s left join ingest.mapping m on m.source_id = s.id
        where s.id = $1 order by m.name`,
      [sourceId],
    );
    if (rows.length === 0) throw notFound('source');
    return rows.filter(({ name }) => name !== null).map(toMappingResponse);
  }

  /** Throws 404. */
  async get(sourceId: string, name: string): Promise<MappingResponse> {
    const [row] = !namePattern.test(name)
      ? []
      : await this.dataSource.query<Row[]>(
          `select ${columns} from ingest.mapping m where m.source_id = $1 and m.name = $2`,
          [sourceId, name],
        );
    if (!row) throw notFound('mapping of this source');
    return toMappingResponse(row);
  }

  /** Throws 404. */
  async remove(sourceId: string, name: string): Promise<void> {
    const [, count] = !namePattern.test(name)
      ? [null, 0]
      : await this.dataSource.query<[unknown, number]>(
          'delete from ingest.mapping where source_id = $1 and name = $2',
          [sourceId, name],
        );
    if (count === 0) throw notFound('mapping of this source');
  }
}

function toMappingResponse({ name, mapping, changedAt }: Row): MappingResponse {
  return { name, ...plainMapping, ...mapping, changedAt };
}
