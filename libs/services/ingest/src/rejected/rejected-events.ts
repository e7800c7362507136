import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Rejection } from '../judge/judge.ts';
import type { Source } from '../sources/source.ts';

/** An event that could not be used, kept with its reason. */
export interface RejectedEvent extends Rejection {
  readonly body: string;
}

export interface KeptRejection {
  readonly id: string;
  readonly source: string;
  readonly messageId: string | null;
  readonly code: string;
  readonly reason: string;
  readonly body: string;
  readonly receivedAt: string;
}

@Injectable()
export class RejectedEvents {
  constructor(private readonly dataSource: DataSource) {}

  async keep(events: readonly RejectedEvent[], source: Source, receivedAt: Date): Promise<void> {
    await this.dataSource.query(
      `insert into ingest.rejected (source_id, received_at, message_id, code, reason, body)
       select $1, $2, e.* from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as e`,
      [
        source.id,
        receivedAt,
        events.map(({ messageId }) => storable(messageId)),
        events.map(({ code }) => code),
        events.map(({ reason }) => storable(reason)),
        events.map(({ body }) => body),
      ],
    );
  }

  /** The newest first, those before `before` (an id), at most `limit`. */
  async list(before: string | undefined, limit: number): Promise<KeptRejection[]> {
    return this.dataSource.query<KeptRejection[]>(
      `select r.id::text, s.name as source, message_id as "messageId", code, reason, body,
              to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
         from ingest.rejected r join ingest.source s on s.id = r.source_id
        where $1::bigint is null or r.id < $1 order by r.id desc limit $2`,
      [before ?? null, limit],
    );
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from ingest.rejected',
    );
    return row!.count;
  }
}

/** Postgres takes no NUL and no half surrogates; bodies have them escaped by JSON already. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\u0000', '').toWellFormed();
}
