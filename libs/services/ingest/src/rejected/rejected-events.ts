import { Injectable } from '@nestjs/common';
import { hashOf } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import type { Submission } from '../accept/submission.ts';
import type { Rejection } from '../judge/judge.ts';
import type { Sender } from '../sources/source.ts';
import { placeOf } from '../imports/import.ts';
import { fingerprintOf, keptOf } from './kept-body.ts';
import type { KeptRejection, RejectedCount } from './shown-rejected.ts';

/** An event that could not be used, as it came. */
interface RejectedEvent extends Rejection {
  readonly event: unknown;
  /** What it is known by where it may be delivered again. */
  readonly place: string | undefined;
}

/** Which of them. */
export interface RejectedFilter {
  readonly sourceId?: string | undefined;
  readonly code?: string | undefined;
  readonly importId?: string | undefined;
}

@Injectable()
export class RejectedEvents {
  constructor(private readonly dataSource: DataSource) {}

  /** Each once, however often it comes. Those of one source take turns: two tries of the same events, in another order, would wait for each other. */
  async keep(
    events: readonly RejectedEvent[],
    { sender, format, sentAt, receivedAt }: Omit<Submission, 'events' | 'places'> & { readonly receivedAt: Date },
  ): Promise<void> {
    const kept = events.map(({ event }) => keptOf(format, event));
    await this.dataSource.query(
      `with turn as materialized (select pg_advisory_xact_lock(hashtext('ingest.rejected'), hashtext($1::text)))
       insert into ingest.rejected
         (source_id, received_at, key_kind, sent_at, message_id, code, reason, format, body, place, known_by)
       select $1::uuid, $2, $3, $4, e.*
         from turn, unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) as e
       on conflict do nothing`,
      [
        sender.id,
        receivedAt,
        sender.keyKind,
        typeof sentAt === 'string' ? storable(sentAt) : null,
        events.map(({ messageId }) => storable(messageId)),
        events.map(({ code }) => code),
        events.map(({ reason }) => storable(reason)),
        kept.map((one) => one.format),
        kept.map(({ body }) => body),
        events.map(({ place }) => place ?? null),
        events.map((event, index) => knownBy(event, sender, () => fingerprintOf(format, event.event, kept[index]!))),
      ],
    );
  }

  /** The newest first, those before `before` (an id), at most `limit`. */
  async list(
    { sourceId, code, importId }: RejectedFilter,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<KeptRejection[]> {
    return this.dataSource.query<KeptRejection[]>(
      `select r.id::text, s.name as source, s.id as "sourceId", message_id as "messageId", code, reason, body, place,
              to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
         from ingest.rejected r join ingest.source s on s.id = r.source_id
        where ($1::bigint is null or r.id < $1) and ($2::uuid is null or r.source_id = $2) and ($3::text is null or code = $3)
          and ($4::text is null or place like $4)
        order by r.id desc limit $5`,
      [before ?? null, sourceId ?? null, code ?? null, placesOf(importId), limit],
    );
  }

  /** How many there are of each source and code, the most first. */
  async counts({ sourceId, code, importId }: RejectedFilter): Promise<RejectedCount[]> {
    return this.dataSource.query<RejectedCount[]>(
      `select s.name as source, s.id as "sourceId", code, count(*)::int as count
         from ingest.rejected r join ingest.source s on s.id = r.source_id
        where ($1::uuid is null or r.source_id = $1) and ($2::text is null or code = $2)
          and ($3::text is null or place like $3)
        group by s.id, code order by count desc, s.name, code`,
      [sourceId ?? null, code ?? null, placesOf(importId)],
    );
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from ingest.rejected',
    );
    return row!.count;
  }

  /** Removes what was received more than so many days ago. Resolves to how many that were. */
  async forget(days: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'delete from ingest.rejected where received_at < now() - make_interval(days => $1)',
      [days],
    );
    return count;
  }
}

/** Its place, or else its message id and what it says: nobody else may have the id, but some senders give it twice. Without either, nobody can tell. */
function knownBy(
  { place, messageId }: RejectedEvent,
  { id, keyKind }: Sender,
  fingerprint: () => string,
): string | null {
  if (place !== undefined) return place;
  return messageId ? hashOf(JSON.stringify([id, keyKind, messageId, fingerprint()])).toString('hex') : null;
}

/** The pattern of the places of an import's lines; null for all places there are, where no import is named. */
export function placesOf(importId: string | null | undefined): string | null {
  return importId ? placeOf(importId, '%') : null;
}

/** Postgres takes no NUL and no half surrogates; bodies have them escaped by JSON already. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\u0000', '').toWellFormed();
}
