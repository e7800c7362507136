import { Injectable } from '@nestjs/common';
import { hashOf, isUnmistakable } from '@sestante/runtime';
import { type Identifier, identifierKey } from '@sestante/identity';
import { transaction, wordsInBytes } from '@sestante/postgres';
import { DataSource } from 'typeorm';
import { customerKey } from '../erased/customer-key.ts';
import { countIn, type Deleting } from '../erased/deleting.ts';
import { ErasedPersons } from '../erased/erased-persons.ts';
import type { Format } from '../types/format.ts';
import type { CustomerToken } from '../types/customer-token.ts';
import type { Submission } from '../types/submission.ts';
import type { Rejection } from '../judge/judge.ts';
import type { Sender } from '../types/source.ts';
import { lineIdOf } from '../types/line-id.ts';
import { fingerprintOf, storedBodyOf } from '../formats/stored-body.ts';
import { personsIn } from '../formats/persons-in.ts';
import type { KeptRejection, RejectedCount } from './rejected-response.ts';

/** The most bytes of a body in a list. */
export const mostShown = 64 * 1024;

/** A rejected event, as it was received. */
interface RejectedEvent extends Rejection {
  readonly event: unknown;
  /** A stable id, if the event may be delivered again. */
  readonly stableId: string | undefined;
  /** What was sent as the token of a customer. */
  readonly token?: CustomerToken | undefined;
}

/** A person, by the identifiers and, if they are known, by the members with them. */
interface ErasedPerson {
  readonly identifiers: readonly Identifier[];
  readonly members?: readonly string[];
  /** What is searched in unreadable lines. By default the values of the identifiers that may not stand for anything else. */
  readonly words?: readonly string[];
}

/** Selects rejected events. */
export interface RejectedFilter {
  readonly sourceId?: string | undefined;
  readonly code?: string | undefined;
  readonly importId?: string | undefined;
}

@Injectable()
export class RejectedEvents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly erased: ErasedPersons,
  ) {}

  /**
   * Stores each event once, also if it is sent again; none of a person who was erased. Writes of one source are serialised: two attempts with the same events
   * could deadlock.
   */
  async store(
    rejected: readonly RejectedEvent[],
    { sender, format, sentAt, receivedAt }: Omit<Submission, 'events' | 'stableIds'> & { readonly receivedAt: Date },
  ): Promise<void> {
    const personsOf = (one: RejectedEvent) => (format === 'line' ? [] : personsWith(one, sender));
    await transaction(this.dataSource, async (client) => {
      const events = await this.erased.without(client, rejected, personsOf);
      if (events.length === 0) return;
      const bodies = events.map(({ event }) => storedBodyOf(format, event));
      await client.query(
        `with turn as materialized (select pg_advisory_xact_lock(hashtext('ingest.rejected'), hashtext($1::text)))
         insert into ingest.rejected
           (source_id, received_at, key_kind, sent_at, format, message_id, code, reason, body, place, known_by, persons, token_of, is_token_weak)
         select $1::uuid, $2, $3, $4, $5, e.m, e.c, e.r, e.b, e.p, e.k, string_to_array(e.w, E'\\n'), e.t, e.h
           from turn, unnest($6::text[], $7::text[], $8::text[], $9::bytea[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::bool[])
                as e(m, c, r, b, p, k, w, t, h)
         on conflict do nothing`,
        [
          sender.id,
          receivedAt,
          sender.keyKind,
          typeof sentAt === 'string' ? storable(sentAt) : null,
          format,
          events.map(({ messageId }) => storable(messageId)),
          events.map(({ code }) => code),
          events.map(({ reason }) => storable(reason)),
          bodies,
          events.map(({ stableId }) => stableId ?? null),
          events.map((event, index) => keyOf(event, sender, () => fingerprintOf(format, event.event, bodies[index]!))),
          events.map((event) => personsOf(event).join('\n')),
          events.map((event) => tokenOf(event) ?? null),
          events.map(({ token }) => typeof token === 'object' && token.isWeak),
        ],
      );
    });
  }

  /** At most `limit` events, newest first, with ids below `before`. */
  async list(
    { sourceId, code, importId }: RejectedFilter,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<KeptRejection[]> {
    const rows = await this.dataSource.query<(Omit<KeptRejection, 'body'> & { beginning: Buffer })[]>(
      `select r.id::text, s.name as source, s.id as "sourceId", message_id as "messageId", code, reason, format,
              substring(body for ${mostShown}) as beginning, octet_length(body) as "bodyBytes", place,
              to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
         from ingest.rejected r join ingest.source s on s.id = r.source_id
        where ($1::bigint is null or r.id < $1) and ($2::uuid is null or r.source_id = $2) and ($3::text is null or code = $3)
          and ($4::text is null or place like $4)
        order by r.id desc limit $5`,
      [before ?? null, sourceId ?? null, code ?? null, lineIdPatternOf(importId), limit],
    );
    return rows.map(({ beginning, ...row }) => ({ ...row, body: beginning.toString() }));
  }

  /** The event as it was received. Undefined if there is none with this id. */
  async body(id: string): Promise<{ body: Buffer; format: Format } | undefined> {
    const [row] = await this.dataSource.query<{ body: Buffer; format: Format }[]>(
      'select body, format from ingest.rejected where id = $1',
      [id],
    );
    return row;
  }

  /** Deletes an event. Resolves to whether it existed. */
  async remove(id: string): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown, number]>('delete from ingest.rejected where id = $1', [id]);
    return count === 1;
  }

  /** Removes those of a filter for good. Resolves to how many that were. */
  async removeAll({ sourceId, code, importId }: RejectedFilter): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `delete from ingest.rejected
        where ($1::uuid is null or source_id = $1) and ($2::text is null or code = $2) and ($3::text is null or place like $3)`,
      [sourceId ?? null, code ?? null, lineIdPatternOf(importId)],
    );
    return count;
  }

  /**
   * Deletes all events with one of the identifiers or a token of one of the members, and all unreadable lines that contain one of the words. Resolves to the number of deleted events.
   */
  async erase(
    { identifiers, members = [], words = unmistakable(identifiers) }: ErasedPerson,
    client: Deleting = this.dataSource,
  ): Promise<number> {
    return countIn(
      await client.query(
        `with gone as (
           delete from ingest.rejected
            where persons && $1::text[] or (format = 'line' and encode(body, 'escape') ~* any($2::text[])) returning 1)
         select count(*)::int as count from gone`,
        [[...identifiers.map(identifierKey), ...members.map(customerKey)], wordsInBytes(words)],
      ),
    );
  }

  /** The number of events by source and code, largest first. */
  async counts({ sourceId, code, importId }: RejectedFilter): Promise<RejectedCount[]> {
    return this.dataSource.query<RejectedCount[]>(
      `select s.name as source, s.id as "sourceId", code, count(*)::int as count
         from ingest.rejected r join ingest.source s on s.id = r.source_id
        where ($1::uuid is null or r.source_id = $1) and ($2::text is null or code = $2)
          and ($3::text is null or place like $3)
        group by s.id, code order by count desc, s.name, code`,
      [sourceId ?? null, code ?? null, lineIdPatternOf(importId)],
    );
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from ingest.rejected',
    );
    return row!.count;
  }

  /** Deletes events that were received more than this many days ago. Resolves to their number. */
  async forget(days: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'delete from ingest.rejected where received_at < now() - make_interval(days => $1)',
      [days],
    );
    return count;
  }
}

const unmistakable = (identifiers: readonly Identifier[]) =>
  identifiers.map(({ value }) => value).filter(isUnmistakable);

/** The customer whose token was sent with the event. */
function tokenOf({ token }: RejectedEvent): string | undefined {
  return token === undefined || token === 'invalid' ? undefined : token.customerId;
}

/** The keys of the identifiers in an event, and of the customer of its token. */
function personsWith(event: RejectedEvent, { country }: Sender): string[] {
  const customerId = tokenOf(event);
  const persons = personsIn(event.event, country);
  return customerId === undefined ? persons : [...persons, customerKey(customerId)];
}

/** The key that makes a rejected event unique: its stable id, or else its message id with its content, because some senders reuse ids. Null without both. */
function keyOf(
  { stableId, messageId }: RejectedEvent,
  { id, keyKind }: Sender,
  fingerprint: () => string,
): string | null {
  if (stableId !== undefined) return stableId;
  return messageId ? hashOf(JSON.stringify([id, keyKind, messageId, fingerprint()])).toString('hex') : null;
}

/** The LIKE pattern of the ids of an import's lines; null without an import. */
export function lineIdPatternOf(importId: string | null | undefined): string | null {
  return importId ? lineIdOf(importId, '%') : null;
}

/** Postgres rejects NUL and half surrogates. In bodies, they are escaped by JSON. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\u0000', '').toWellFormed();
}
