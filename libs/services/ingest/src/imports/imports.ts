import { Injectable } from '@nestjs/common';
import { notFound, Problem } from '@sestante/runtime';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Import, ImportState, Progress } from './import.ts';
import { mostRevisions } from './corrected/previous-lines.ts';

/** The duration of a lease after the last saved progress. If there is no progress for longer, the process of the upload has died. */
export const leaseSeconds = 5;

const isAbandoned = `(i.state = 'running' and i.updated_at < now() - interval '${leaseSeconds} s')`;
/** 1 if the request is a correction of a file that was read to its end; 0 otherwise. */
const isNew = `($6::boolean and i.state in ('done', 'failed'))::int`;
const counts = 'i.lines, i.accepted, i.incomplete, i.repeated, i.rejected';
const selectImport = `
  select i.id, s.name as source, i.source_id as "sourceId", i.format, i.bytes::float8, i.size::float8, ${counts},
         case when ${isAbandoned} then 'broken' else i.state end as state,
         case when ${isAbandoned} then 'The process that received it has stopped.' else i.reason end as reason,
         i.started_at as "startedAt", i.updated_at as "updatedAt"
    from ingest.import i join ingest.source s on s.id = i.source_id`;

/** A requested import. `isCorrected`: its file was corrected after it had been read to its end. */
export type NewImport = Pick<Import, 'id' | 'sourceId' | 'format' | 'size'> & { readonly isCorrected: boolean };

/** An import that is leased by one upload. */
export interface LeasedImport {
  readonly id: string;
  readonly uploadId: string;
  /** 1 for the original file, plus 1 for each correction. */
  readonly revision: number;
  /** The progress of earlier uploads. */
  readonly progress: Progress;
}

@Injectable()
export class Imports {
  constructor(private readonly dataSource: DataSource) {}

  /** Starts or resumes an import. Undefined if it is done. Throws `Problem` 409 if another upload leases it, or it belongs to another source. */
  async lease(requested: NewImport): Promise<LeasedImport | undefined> {
    const { id, sourceId, format, size, isCorrected } = requested;
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
      [id, sourceId, format, size, uploadId, isCorrected],
    );
    if (found) {
      const { revision, ...progress } = found;
      return { id, uploadId, revision, progress };
    }
    assertDone({ ...(await this.get(id)), ...(await this.revision(id)) }, requested);
    return undefined;
  }

  /** Its revision, and whether its file may be corrected again. */
  private async revision(id: string): Promise<Revision> {
    const [row] = await this.dataSource.query<[Revision]>(
      `select revision, are_lines_known and revision < ${mostRevisions} as "mayBeCorrected" from ingest.import where id = $1`,
      [id],
    );
    return row;
  }

  /** Saves the progress and the state of an import. False if this upload does not lease it any more. */
  async save(
    { id, uploadId }: LeasedImport,
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

  /** The import with this id, of any source or of the given one. Throws 404. */
  async get(id: string, sourceId: string | null = null): Promise<Import> {
    const [found] = await this.dataSource.query<Import[]>(
      `${selectImport} where i.id = $1 and ($2::uuid is null or i.source_id = $2)`,
      [id, sourceId],
    );
    if (!found) throw notFound('import');
    return found;
  }

  /** At most `limit` imports, newest first, after the one with the id `before`; of all sources or of the given one. */
  async list(sourceId: string | null, { before, limit }: { before: string | null; limit: number }): Promise<Import[]> {
    return this.dataSource.query<Import[]>(
      `${selectImport}
        where ($1::uuid is null or i.source_id = $1)
          and ($2::uuid is null or (i.started_at, i.id) < (select started_at, id from ingest.import where id = $2))
        order by i.started_at desc, i.id desc limit $3`,
      [sourceId, before, limit],
    );
  }
}

interface Revision {
  readonly revision: number;
  readonly mayBeCorrected: boolean;
}

function assertDone(found: Import & Revision, { sourceId, format, isCorrected }: NewImport): void {
  if (found.sourceId !== sourceId)
    throw new Problem(409, 'import-id-taken', 'This id is used by another source. Choose another id.');
  if (found.format !== format) throw new Problem(409, 'format-differs', `This import has the format ${found.format}.`);
  const needsLines = isCorrected
    ? found.state !== 'running'
    : found.revision > 1 && ['broken', 'failed'].includes(found.state);
  if (needsLines && !found.mayBeCorrected)
    throw new Problem(
      409,
      'import-too-old',
      'The lines of this import are not stored any more, or it was corrected too often. Send only the corrected lines, as a new import.',
    );
  if (found.state !== 'done')
    throw new Problem(409, 'import-running', 'Another upload of this import is in progress.', leaseSeconds);
}
