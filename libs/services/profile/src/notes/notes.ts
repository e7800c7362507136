import { Injectable } from '@nestjs/common';
import { inOrder, transaction } from '@sestante/postgres';
import { customerErased } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { NoteResponse } from './note-response.ts';

export type Author = NoteResponse['author'];

/** A note as somebody writes it. */
export interface NewNote extends Pick<NoteResponse, 'kind' | 'text' | 'audience' | 'author'> {
  readonly createdAt: Date;
  /** Null if it does not expire. */
  readonly expiresAt: Date | null;
}

/** A stored note. */
export interface StoredNote extends NewNote {
  readonly noteId: string;
}

/** The position of a note in the list. A page begins after it. */
export interface NotePosition {
  readonly createdAt: string;
  readonly noteId: string;
}

/** Whose view it is: the customer sees less than the others. */
export interface Reader {
  readonly isCustomer: boolean;
}

/** The most notes of a customer that have not expired. */
export const maxNotes = 200;

/** Has not expired. By the clock of the database, which also removes notes. */
const isPresent = '(n.expires_at is null or n.expires_at > now())';
const isForCustomer = `(n.audience = 'customer' or n.author ->> 'by' = 'customer')`;

/** The notes of customers. Those of a customer are the notes of all its members. The ids of customers are present ids. */
@Injectable()
export class Notes {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds a note. Undefined if the customer has too many notes. The lock makes notes that are added at the same time count each other. */
  add(customerId: string, note: NewNote): Promise<StoredNote | undefined> {
    const noteId = uuidv7();
    const { kind, text, audience, author, createdAt, expiresAt } = note;
    return transaction(this.dataSource, async (client) => {
      const [, { rowCount: members }, { rowCount }] = await inOrder([
        client.query(`select pg_advisory_xact_lock(hashtextextended('profile.notes.' || $1::text, 0))`, [customerId]),
        // A customer who is erased at the same time keeps no note: an erasure waits for this one, or this one finds no member.
        client.query('select from profile.member where member_id = $1 for key share', [customerId]),
        client.query(
          `insert into profile.note (note_id, member_id, kind, text, audience, author, created_at, expires_at)
           select $2::uuid, $1::uuid, $3, $4, $5, $6::json, $7::timestamptz, $8::timestamptz
            where $9::int > (select count(*)
                               from profile.member m
                              cross join lateral (select from profile.note n where n.member_id = m.member_id and ${isPresent} offset 0) o
                              where m.customer_id = $1::uuid)`,
          [customerId, noteId, kind, text, audience, JSON.stringify(author), createdAt, expiresAt, maxNotes],
        ),
      ] as const);
      if (members === 0) throw customerErased();
      return rowCount === 0 ? undefined : { noteId, ...note };
    });
  }

  /** The notes that the reader may see, newest first. */
  page(customerId: string, { isCustomer }: Reader, limit: number, before?: NotePosition): Promise<StoredNote[]> {
    const conditions = [
      ...['n.member_id = m.member_id', isPresent],
      ...(isCustomer ? [isForCustomer] : []),
      ...(before ? ['(n.created_at, n.note_id) < ($3::timestamptz, $4::uuid)'] : []),
    ];
    return this.dataSource.query<StoredNote[]>(
      `select o.note_id as "noteId", o.kind, o.text, o.audience, o.author, o.created_at as "createdAt", o.expires_at as "expiresAt"
         from profile.member m
        cross join lateral (
                select * from profile.note n where ${conditions.join(' and ')}
                 order by n.created_at desc, n.note_id desc limit $2) o
        where m.customer_id = $1 order by o.created_at desc, o.note_id desc limit $2`,
      [customerId, limit, ...(before ? [before.createdAt, before.noteId] : [])],
    );
  }

  /** Removes a note that the reader may see. Resolves to whether there was one. */
  async remove(customerId: string, noteId: string, { isCustomer }: Reader): Promise<boolean> {
    const [removed] = await this.dataSource.query<[unknown[], number]>(
      `delete from profile.note n using profile.member m
        where n.note_id = $2 and m.member_id = n.member_id and m.customer_id = $1 and ${isPresent}
          ${isCustomer ? `and ${isForCustomer}` : ''}
       returning n.note_id`,
      [customerId, noteId],
    );
    return removed.length > 0;
  }

  /** Removes all notes that have expired, in small steps. Resolves to their number. */
  async removeExpired(stepSize = 5_000): Promise<number> {
    for (let removed = 0; ;) {
      const [step] = await this.dataSource.query<[unknown[], number]>(
        `delete from profile.note
          where note_id = any(array(select note_id from profile.note where expires_at <= now() limit $1 for update skip locked))
         returning note_id`,
        [stepSize],
      );
      removed += step.length;
      if (step.length < stepSize) return removed;
    }
  }
}
