import { byteaArray, wordsInBytes } from '@sestante/postgres';
import type { ClientBase } from 'pg';
import { isUnmistakable, shortestUnmistakable } from '../unmistakable.ts';

/** An identifier of a person, as messages name it. */
export interface NamedIdentifier {
  readonly kind: string;
  readonly value: string;
}

/** Whom an erasure is about. */
export interface ErasedPerson {
  readonly erasureId: string;
  readonly identifiers?: readonly NamedIdentifier[];
  /** The ids of members, which messages name instead of identifiers. */
  readonly members: readonly string[];
}

/** The condition for the places of a dead letter `d` that are searched: its value, its key, and the headers with the reason. */
export function placesOf(condition: (bytes: string) => string): string {
  return ['d.value', 'd.key', `convert_to(d.headers::text || d.reason, 'UTF8')`].map(condition).join(' or ');
}

/** No message of the erasure `$2`, in one of the groups `$1`. */
const isOfOthers = 'd.group_name = any($1::text[]) and position($2::bytea in d.value) = 0';

/** Removes dead letters of the groups that contain one of the ids of members. Resolves to their number. */
export async function eraseLettersOf(
  client: ClientBase,
  groups: readonly string[],
  { erasureId, members }: ErasedPerson,
): Promise<number> {
  const { rowCount } = await client.query(
    `delete from letters.dead_letter d
      where ${isOfOthers}
        and exists (select from unnest($3::bytea[]) as id where ${placesOf((bytes) => `position(id in ${bytes}) > 0`)})`,
    [groups, Buffer.from(erasureId), byteaArray(members.map((id) => Buffer.from(id)))],
  );
  return rowCount ?? 0;
}

/**
 * Removes dead letters of the groups that name one of the identifiers. It counts where a message says that it is this identifier. A value that cannot be anything
 * else counts everywhere: otherwise, whoever chooses the id `receivedAt` for a browser would remove everybody's. Resolves to their number.
 */
export async function eraseLettersNaming(
  client: ClientBase,
  groups: readonly string[],
  { erasureId, identifiers = [] }: ErasedPerson,
): Promise<number> {
  if (identifiers.length === 0) return 0;
  const values = identifiers.map(({ value }) => value).filter(isUnmistakable);
  const { rowCount } = await client.query(
    `delete from letters.dead_letter d
      where ${isOfOthers}
        and (d.key = any($3::bytea[]) or exists (select from unnest($4::bytea[]) as said where position(said in d.value) > 0)
          or encode(d.value, 'escape') ~* any($5::text[]) or ${placesOf((bytes) => `encode(${bytes}, 'escape') ~* any($6::text[])`)})`,
    [
      groups,
      Buffer.from(erasureId),
      byteaArray(identifiers.map((one) => Buffer.from(keyOf(one)))),
      byteaArray(identifiers.flatMap(formsOf).map((form) => Buffer.from(form))),
      fieldPatternsOf(identifiers),
      wordsInBytes(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])),
    ],
  );
  return rowCount ?? 0;
}

const keyOf = ({ kind, value }: NamedIdentifier) => `${kind}:${value}`;

/** How messages of the services say that a value is this identifier. */
function formsOf({ kind, value }: NamedIdentifier): string[] {
  return [`"kind":${JSON.stringify(kind)},"value":${JSON.stringify(value)}`, JSON.stringify(keyOf({ kind, value }))];
}

/** How events of sources name it: as the value of a field such as `userId`. A short value may be the id of something else. */
function fieldPatternsOf(identifiers: readonly NamedIdentifier[]): string[] {
  const words = identifiers.map(({ value }) => value).filter((value) => value.length >= shortestUnmistakable);
  const texts = words.filter((value) => !isUnmistakable(value)).map((value) => JSON.stringify(value));
  return wordsInBytes(texts, { before: String.raw`"[a-z_]*(id|card|number)"\s*:\s*`, after: '' });
}
