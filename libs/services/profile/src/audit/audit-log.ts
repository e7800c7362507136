import { Injectable } from '@nestjs/common';
import type { Caller } from '@sestante/runtime';
import { DataSource } from 'typeorm';

/** What callers do with the personal data of a customer. */
export const auditedActions = [
  'customer.found',
  'customer.read',
  'timeline.read',
  'identity.read',
  'customers.merged',
  'customers.unmerged',
  'identifier.unlimited',
  'token.issued',
  'notes.read',
  'note.added',
  'note.removed',
] as const;
export type AuditedAction = (typeof auditedActions)[number];

/** Who did it. */
export type Actor =
  | { readonly kind: 'key'; readonly keyId: string; readonly name: string; readonly role: string }
  | { readonly kind: 'customer' };

/** An entry of the log. */
export interface AuditEntry {
  readonly entryId: string;
  readonly at: Date;
  readonly action: AuditedAction;
  readonly customerId: string;
  readonly actor: Actor;
}

export interface AuditFilter {
  /** A present id of a customer. Entries under its former ids are included. */
  readonly customerId?: string | undefined;
  readonly action?: AuditedAction | undefined;
  readonly keyId?: string | undefined;
  /** Only older entries than this one. */
  readonly before?: string | undefined;
}

/** Who read personal data, or acted for a customer. Entries are only added: the database refuses to change or remove them. */
@Injectable()
export class AuditLog {
  constructor(private readonly dataSource: DataSource) {}

  async add(action: AuditedAction, customerId: string, actor: Actor): Promise<void> {
    await this.dataSource.query('insert into profile.audit (action, customer_id, actor) values ($1, $2, $3)', [
      action,
      customerId,
      JSON.stringify(actor),
    ]);
  }

  /** The entries, newest first. */
  list({ customerId, action, keyId, before }: AuditFilter, limit: number): Promise<AuditEntry[]> {
    const values: unknown[] = [limit];
    const value = (of: unknown) => `$${values.push(of)}`;
    const conditions = ['true'];
    if (customerId !== undefined)
      conditions.push(`customer_id in (select member_id from profile.member where customer_id = ${value(customerId)})`);
    if (action !== undefined) conditions.push(`action = ${value(action)}`);
    if (keyId !== undefined) conditions.push(`actor ->> 'keyId' = ${value(keyId)}`);
    if (before !== undefined) conditions.push(`entry_id < ${value(before)}::bigint`);
    return this.dataSource.query<AuditEntry[]>(
      `select entry_id::text as "entryId", at, action, customer_id as "customerId", actor from profile.audit
        where ${conditions.join(' and ')} order by entry_id desc limit $1`,
      values,
    );
  }
}

export function actorOf(caller: Caller): Actor {
  if (caller.kind === 'customer') return { kind: 'customer' };
  const { keyId, name, role } = caller;
  return { kind: 'key', keyId, name, role };
}
