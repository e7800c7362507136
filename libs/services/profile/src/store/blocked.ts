import { type Identifier, identifierKey } from '@sestante/identity';
import { insertingNew } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { byKey, findOwners } from './owners.ts';

/** An identifier that nobody is found by and linked with. */
export interface BlockedIdentifier extends Identifier {
  readonly memberId: string;
}

/** The blocked identifiers, by kind and value. */
export function listBlocked(dataSource: DataSource): Promise<BlockedIdentifier[]> {
  return dataSource.query<BlockedIdentifier[]>(
    'select member_id as "memberId", kind, value from profile.member where is_blocked order by kind, value',
  );
}

/** The member of an identifier, which is made if it is new. */
export async function memberOf(client: PoolClient, identifier: Identifier): Promise<string> {
  const known = (await findOwners(client, byKey([identifier]))).get(identifierKey(identifier));
  if (known) return known.memberId;
  const memberId = uuidv7();
  await insertingNew('an identifier', () =>
    client.query('insert into profile.member (member_id, customer_id, kind, value) values ($1, $1, $2, $3)', [
      memberId,
      identifier.kind,
      identifier.value,
    ]),
  );
  return memberId;
}
