import { Injectable } from '@nestjs/common';
import { type Identifier, identifierKey } from '@sestante/identity';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { countIn, type Deleting } from '../erased/deleting.ts';
import { ErasedPersons } from '../erased/erased-persons.ts';
import type { Format } from '../types/format.ts';
import { storedBodyOf } from '../formats/stored-body.ts';
import { personsIn } from '../formats/persons-in.ts';
import type { KeptIncomplete, ViolationCount } from './incomplete-response.ts';

/** The most stored events per kind of violation and source: the last ones. All events are counted. */
export const mostExamples = 20;

/** An event with a violation, as it was received. */
export interface Example {
  readonly format: Format;
  readonly event: unknown;
  /** The country of the source. */
  readonly country: string | null;
  readonly messageId: string;
  readonly reason: string;
  readonly receivedAt: Date;
}

/** Violations of one kind to count, with their last events, at most `mostExamples`. */
export interface NewViolations {
  readonly sourceId: string;
  readonly name: string;
  readonly code: string;
  readonly field: string;
  readonly count: number;
  readonly examples: readonly Example[];
}

export interface IncompleteFilter {
  readonly sourceId?: string | undefined;
  readonly name?: string | undefined;
  readonly code?: string | undefined;
}

/** The violations of the events that were accepted as incomplete. */
@Injectable()
export class IncompleteEvents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly erased: ErasedPersons,
  ) {}

  /** Counts violations by day, and stores the last events of each kind; none of a person who was erased. */
  async store(kinds: readonly NewViolations[]): Promise<void> {
    const examples = kinds.flatMap((kind) => kind.examples);
    await transaction(this.dataSource, async (client) => {
      const personsOf = ({ event, country }: Example) => personsIn(event, country);
      const kept = new Set(await this.erased.without(client, examples, personsOf));
      await store(client, kinds, kept);
    });
  }

  /** At most `limit` of the last events of each kind, newest first, with ids below `before`. */
  async list(
    { sourceId, name, code }: IncompleteFilter,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<KeptIncomplete[]> {
    const rows = await this.dataSource.query<(Omit<KeptIncomplete, 'body'> & { body: Buffer })[]>(
      `select i.id::text, s.name as source, s.id as "sourceId", i.name, i.code, i.field, i.reason, i.message_id as "messageId", i.body,
              to_char(i.received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
         from ingest.incomplete i join ingest.source s on s.id = i.source_id
        where ($1::bigint is null or i.id < $1) and ($2::uuid is null or i.source_id = $2)
          and ($3::text is null or i.name = $3) and ($4::text is null or i.code = $4)
        order by i.id desc limit $5`,
      [before ?? null, sourceId ?? null, name ?? null, code ?? null, limit],
    );
    return rows.map((row) => ({ ...row, body: row.body.toString() }));
  }

  /** The number of violations by source, activity and kind, in the retained days, largest first. */
  async counts({ sourceId, name, code }: IncompleteFilter): Promise<ViolationCount[]> {
    return this.dataSource.query<ViolationCount[]>(
      `select s.name as source, s.id as "sourceId", c.name, c.code, c.field, sum(c.count)::float8 as count,
              to_char(max(c.last_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt"
         from ingest.violation_count c join ingest.source s on s.id = c.source_id
        where ($1::uuid is null or c.source_id = $1) and ($2::text is null or c.name = $2) and ($3::text is null or c.code = $3)
        group by s.id, c.name, c.code, c.field order by count desc, s.name, c.name, c.code, c.field limit 1000`,
      [sourceId ?? null, name ?? null, code ?? null],
    );
  }

  /** Deletes counts and events that are older than this many days. Resolves to the number of deleted events. */
  async forget(days: number): Promise<number> {
    await this.dataSource.query('delete from ingest.violation_count where day < current_date - $1::int', [days]);
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'delete from ingest.incomplete where received_at < now() - make_interval(days => $1)',
      [days],
    );
    return count;
  }

  /** Deletes the events with one of the identifiers. Resolves to their number. */
  async erase(identifiers: readonly Identifier[], client: Deleting = this.dataSource): Promise<number> {
    return countIn(
      await client.query(
        `with gone as (delete from ingest.incomplete where persons && $1::text[] returning 1)
         select count(*)::int as count from gone`,
        [identifiers.map(identifierKey)],
      ),
    );
  }
}

async function store(client: PoolClient, kinds: readonly NewViolations[], kept: ReadonlySet<Example>): Promise<void> {
  const sorted = kinds.toSorted((one, other) => Buffer.compare(keyOf(one), keyOf(other)));
  const counts = await count(client, sorted);
  const examples = sorted.flatMap(({ examples: last, ...kind }, index) =>
    last
      .map((example, nth) => ({ example, slot: (counts[index]! - last.length + nth + mostExamples) % mostExamples }))
      .filter(({ example }) => kept.has(example))
      .map(({ example, slot }) => ({ ...kind, ...example, slot })),
  );
  await client.query(
    `insert into ingest.incomplete (source_id, received_at, name, code, field, slot, message_id, reason, body, persons)
       select e.i, e.t, e.n, e.c, e.f, e.s, e.m, e.r, e.b, string_to_array(e.p, E'\\n')
         from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::text[], $8::text[],
                     $9::bytea[], $10::text[]) as e(i, t, n, c, f, s, m, r, b, p)
       on conflict (source_id, name, code, field, slot) do update
         set id = default, received_at = excluded.received_at, message_id = excluded.message_id, reason = excluded.reason,
             body = excluded.body, persons = excluded.persons`,
    [
      examples.map(({ sourceId }) => sourceId),
      examples.map(({ receivedAt }) => receivedAt),
      examples.map(({ name }) => name),
      examples.map(({ code }) => code),
      examples.map(({ field }) => field),
      examples.map(({ slot }) => slot),
      examples.map(({ messageId }) => messageId),
      examples.map(({ reason }) => reason),
      examples.map(({ format, event }) => storedBodyOf(format, event)),
      examples.map(({ event, country }) => personsIn(event, country).join('\n')),
    ],
  );
}

/** Adds to the counts, and returns the new count of each kind. The kinds are sorted as in the database, so that two processes never deadlock. */
async function count(client: PoolClient, kinds: readonly NewViolations[]): Promise<number[]> {
  const { rows } = await client.query<{ count: number }>(
    `with counted as (
         insert into ingest.violation_count as c (source_id, day, name, code, field, count, last_at)
         select k.i, (k.t at time zone 'utc')::date, k.n, k.c, k.f, k.m, k.t
           from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::int[]) as k(i, t, n, c, f, m)
         on conflict (source_id, name, code, field, day) do update
           set count = c.count + excluded.count, last_at = greatest(c.last_at, excluded.last_at)
         returning source_id, name, code, field, count)
       select count from counted
        order by source_id::text collate "C", name collate "C", code collate "C", field collate "C"`,
    [
      kinds.map(({ sourceId }) => sourceId),
      kinds.map(({ examples }) => examples.at(-1)!.receivedAt),
      kinds.map(({ name }) => name),
      kinds.map(({ code }) => code),
      kinds.map(({ field }) => field),
      kinds.map(({ count }) => count),
    ],
  );
  return rows.map(({ count }) => count);
}

/** A sort key with the order of the database. */
function keyOf({ sourceId, name, code, field }: NewViolations): Buffer {
  return Buffer.from([sourceId, name, code, field].join('\u0000'));
}
