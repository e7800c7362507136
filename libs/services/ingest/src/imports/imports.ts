import { Injectable } from '@nestjs/common';
import { notFound, Problem } from '@sestante/runtime';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Import, ImportState, Progress } from './import.ts';
import { mostRevisions } from './mended/taken-lines.ts';

/** An upload holds its import for so long after it wrote down how far it is. Without a word for longer, its process is gone. */
export const heldSeconds = 5;

const isAbandoned = `(i.state = 'running' and i.updated_at < now() - interval '${heldSeconds} s')`;
/** 1 where a file that had come to its end is mended, or else 0. */
const isNew = `($6::boolean and i.state in ('done', 'failed'))::int`;
const counts = 'i.lines, i.accepted, i.incomplete, i.repeated, i.rejected';
const shown = `
  select i.id, s.name as source, i.source_id as "sourceId", i.format, i.bytes::float8, i.size::float8, ${counts},
         case when ${isAbandoned} then 'broken' else i.state end as state,
         case when ${isAbandoned} then 'The process that took it is gone.' else i.reason end as reason,
         i.started_at as "startedAt", i.updated_at as "updatedAt"
    from ingest.import i join ingest.source s on s.id = i.source_id`;

/** An import as it is asked for; `isMended`: its file was mended after it had come to its end. */
export type NewImport = Pick<Import, 'id' | 'sourceId' | 'format' | 'size'> & { readonly isMended: boolean };

/** An import in the hands of one upload. */
export interface HeldImport {
  readonly id: string;
  readonly uploadId: string;
  /** How often the file was mended, and 1. */
  readonly revision: number;
  /** How far earlier uploads came. */
  readonly progress: Progress;
}

@Injectable()
export class Imports {
  constructor(private readonly dataSource: DataSource) {}

  /** Begins an import, or goes on with it. Undefined where it is done. Throws `Problem` 409 where another upload has it, or it is another's. */
  async hold(wanted: NewImport): Promise<HeldImport | undefined> {
    const { id, sourceId, format, size, isMended } = wanted;
    const uploadId = randomUUID();
    const [found] = await this.dataSource.query<(Progress & { readonly revision: number })[]>(
      `insert into ingest.import as i (id, source_id, format, size, upload_id) values ($1, $2, $3, $4, $5)
       on conflict (id) do update
         set state = 'running', reason = null, bytes = 0, size = excluded.size, upload_id = excluded.upload_id, updated_at = now(),
             revision = i.revision + ${isNew}, lines = i.lines * (1 - ${isNew}), crc = i.crc * (1 - ${isNew})
         where i.source_id = excluded.source_id and i.format = excluded.format
           and (i.state in ('broken', 'failed') or ${isAbandoned} or ${isNew} = 1)
           and ((${isNew} = 0 and i.revision = 1) or (i.are_lines_known and i.revision + ${isNew} <= ${mostRevisions}))
       returning i.bytes::float8, ${counts}, i.crc::float8, i.revision`,
      [id, sourceId, format, size, uploadId, isMended],
    );
    if (found) {
      const { revision, ...progress } = found;
      return { id, uploadId, revision, progress };
    }
    assertDone({ ...(await this.get(id)), ...(await this.mending(id)) }, wanted);
    return undefined;
  }

  /** How often its file was mended, and 1; and whether it may be mended once more. */
  private async mending(id: string): Promise<Mending> {
    const [row] = await this.dataSource.query<[Mending]>(
      `select revision, are_lines_known and revision < ${mostRevisions} as "mayBeMended" from ingest.import where id = $1`,
      [id],
    );
    return row;
  }

  /** Writes down how far an import is, and how it ended. False where this upload does not hold it any more. */
  async save(
    { id, uploadId }: HeldImport,
    { bytes, lines, crc, accepted, incomplete, repeated, rejected }: Progress,
    { state, reason }: { readonly state: ImportState; readonly reason: string | null },
  ): Promise<boolean> {
    const [, saved] = await this.dataSource.query<[unknown, number]>(
      `update ingest.import
          set bytes = $3, lines = $4, crc = $5, accepted = $6, repeated = $7, rejected = $8, state = $9, reason = $10, incomplete = $11, updated_at = now()
        where id = $1 and upload_id = $2 and state = 'running'`,
      [id, uploadId, bytes, lines, crc, accepted, repeated, rejected, state, reason, incomplete],
    );
    return saved === 1;
  }

  /** Of the source where one is given. Throws 404. */
  async get(id: string, sourceId: string | null = null): Promise<Import> {
    const [found] = await this.dataSource.query<Import[]>(
      `${shown} where i.id = $1 and ($2::uuid is null or i.source_id = $2)`,
      [id, sourceId],
    );
    if (!found) throw notFound('import');
    return found;
  }

  /** The newest first, those before `before` (an id), at most `limit`; of the source where one is given. */
  async list(sourceId: string | null, { before, limit }: { before: string | null; limit: number }): Promise<Import[]> {
    return this.dataSource.query<Import[]>(
      `${shown}
        where ($1::uuid is null or i.source_id = $1)
          and ($2::uuid is null or (i.started_at, i.id) < (select started_at, id from ingest.import where id = $2))
        order by i.started_at desc, i.id desc limit $3`,
      [sourceId, before, limit],
    );
  }
}

interface Mending {
  readonly revision: number;
  readonly mayBeMended: boolean;
}

function assertDone(found: Import & Mending, { sourceId, format, isMended }: NewImport): void {
  if (found.sourceId !== sourceId) throw new Problem(409, 'import-id-taken', 'This id is taken: choose another one.');
  if (found.format !== format) throw new Problem(409, 'format-differs', `This import has the format ${found.format}.`);
  const needsLines = isMended
    ? found.state !== 'running'
    : found.revision > 1 && ['broken', 'failed'].includes(found.state);
  if (needsLines && !found.mayBeMended)
    throw new Problem(
      409,
      'import-too-old',
      'What came of this import is forgotten by now, or was mended too often: send the mended lines alone, as an import of their own.',
    );
  if (found.state !== 'done')
    throw new Problem(409, 'import-running', 'Another upload is at work on this import.', heldSeconds);
}
