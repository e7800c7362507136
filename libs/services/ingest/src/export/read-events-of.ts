import type { ExportRequested } from '@sestante/contracts';
import { wordsInBytes } from '@sestante/postgres';
import type { DataSource } from 'typeorm';

/** An event about a person that was rejected, or accepted as incomplete. */
export interface EventOfPerson {
  /** The name of the source. */
  readonly source: string;
  readonly receivedAt: string;
  readonly code: string;
  readonly reason: string;
  /** As it was received; of a larger one, the first 64 KiB. Null for a line that nobody can read: it may be about other people, too. */
  readonly event: string | null;
  readonly isCut: boolean;
}

const pageSize = 50;
/** In bytes. */
const mostShown = 64 * 1024;

/** The kinds of identifiers that are those of one person. */
const personal = ['user_id', 'loyalty_card', 'email', 'phone'].map((kind) => `${kind}:%`);

/**
 * Whose event it is, apart from the identifiers in it. `$5` are patterns of mail addresses, `$6` the ids of the person as a customer, `$7` the
 * present one. A weak token is of nobody any more when its customer is merged into another one.
 */
const tables = {
  rejected: {
    isByToken: 'e.token_of = any($6::uuid[]) and (not e.is_token_weak or e.token_of = $7)',
    isOfAnother: 'e.token_of <> all($6::uuid[])',
    isUnreadable: `e.format = 'line' and encode(e.body, 'escape') ~* any($5::text[])`,
  },
  incomplete: { isByToken: 'false', isOfAnother: 'false', isUnreadable: 'false' },
} as const;

const firstBytes = `substring(e.body for ${mostShown})`;
const contentOf = { rejected: `case when e.format <> 'line' then ${firstBytes} end`, incomplete: firstBytes } as const;

interface Row extends Omit<EventOfPerson, 'event' | 'isCut'> {
  readonly id: string;
  /** Null for a line. */
  readonly beginning: Buffer | null;
  readonly bytes: number;
}

/**
 * The events of a person, newest first. An event that also has an account, a card, a mail address or a phone number of somebody else, or was sent with the
 * token of somebody else, is left out: it may be about that person. A line that nobody can read counts if it has the mail address, but its content is left out.
 *
 * @param person the identifiers of the person, `kind:value`, and its ids as a customer
 */
export async function* readEventsOf(
  dataSource: DataSource,
  table: keyof typeof tables,
  { persons, members, customerId }: Pick<ExportRequested, 'persons' | 'members' | 'customerId'>,
): AsyncGenerator<EventOfPerson> {
  const mailboxes = persons.filter((key) => key.startsWith('email:')).map((key) => key.slice('email:'.length));
  const addresses = wordsInBytes(mailboxes);
  const { isByToken, isOfAnother, isUnreadable } = tables[table];
  for (let before: string | null = null; ;) {
    const page: Row[] = await dataSource.query<Row[]>(
      `select e.id::text, s.name as source, e.code, e.reason, ${contentOf[table]} as beginning, octet_length(e.body) as bytes,
              to_char(e.received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
         from ingest.${table} e join ingest.source s on s.id = e.source_id
        where ($1::bigint is null or e.id < $1)
          and (((e.persons && $2::text[] or ${isByToken}) and ${isOfAnother} is not true
                and not exists (select from unnest(e.persons) p where p like any($3::text[]) and p <> all($2::text[])))
               or (${isUnreadable}))
        order by e.id desc limit $4`,
      [before, persons, personal, pageSize, ...(table === 'rejected' ? [addresses, members, customerId] : [])],
    );
    yield* page.map(toEvent);
    if (page.length < pageSize) return;
    before = page.at(-1)!.id;
  }
}

function toEvent({ source, receivedAt, code, reason, beginning, bytes }: Row): EventOfPerson {
  const event = beginning && beginning.toString();
  return { source, receivedAt, code, reason, event, isCut: event !== null && bytes > mostShown };
}
