import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../access/caller-access.ts';

/** What callers do with the personal data of a customer, in all services. */
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
  'identifier.blocked',
  'identifier.unblocked',
  'scores.read',
  'scores.followed',
  'explanation.read',
  'scores.exported',
  'audience.read',
  'offers.read',
  'offers.followed',
  'decisions.read',
  'contact-policy.read',
  'contact-policy.changed',
  'consents.read',
  'traits.corrected',
  'customer.erased',
  'export.requested',
  'export.read',
  'export.cancelled',
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
  /** Null for an entry about many customers, such as an export of everybody. */
  readonly customerId: string | null;
  readonly actor: Actor;
}

export interface AuditFilter {
  /** The ids that a customer has and had. */
  readonly customerIds?: readonly string[] | undefined;
  readonly action?: AuditedAction | undefined;
  readonly keyId?: string | undefined;
  /** Only older entries than this one. */
  readonly before?: string | undefined;
}

/** Who read personal data, or acted for a customer, in any service. Entries are only added: the database refuses to change or remove them. */
@Injectable()
export class AuditLog {
  private waiting: NewAuditEntry[] = [];
  private running: Promise<void> = Promise.resolve();
  /** The insert of the waiting entries, after the running one. */
  private next: Promise<void> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Adds an entry for each of the customers. Entries that arrive during an insert share the next one, so that many requests share a commit. */
  async add(entry: NewAuditEntry): Promise<void> {
    this.waiting.push(entry);
    this.next ??= this.running.then(() => this.addWaiting());
    await this.next;
  }

  /** Adds an entry for what a caller is about to do with a customer. A customer who acts for itself is not noted. */
  async note(action: AuditedAction, customerId: string, caller: Caller): Promise<void> {
    if (caller.kind !== 'customer') await this.add({ action, customerIds: [customerId], actor: actorOf(caller) });
  }

  /** Adds one entry for what a caller is about to do with many customers. The log of each customer has it. */
  async noteAll(action: AuditedAction, caller: Caller): Promise<void> {
    await this.add({ action, customerIds: [null], actor: actorOf(caller) });
  }

  private async addWaiting(): Promise<void> {
    const entries = this.waiting;
    [this.waiting, this.next] = [[], undefined];
    const added = addAuditEntries(this.dataSource, ...entries);
    this.running = added.catch(() => undefined);
    await added;
  }

  /** The entries, newest first. */
  list({ customerIds, action, keyId, before }: AuditFilter, limit: number): Promise<AuditEntry[]> {
    const values: unknown[] = [limit];
    const value = (of: unknown) => `$${values.push(of)}`;
    const conditions = ['true'];
    if (customerIds !== undefined)
      conditions.push(`(customer_id = any(${value(customerIds)}::uuid[]) or customer_id is null)`);
    if (action !== undefined) conditions.push(`action = ${value(action)}`);
    if (keyId !== undefined) conditions.push(`actor ->> 'keyId' = ${value(keyId)}`);
    if (before !== undefined) conditions.push(`entry_id < ${value(before)}::bigint`);
    return this.dataSource.query<AuditEntry[]>(
      `select entry_id::text as "entryId", at, action, customer_id as "customerId", actor from audit.entry
        where ${conditions.join(' and ')} order by entry_id desc limit $1`,
      values,
    );
  }
}

/** What one caller did with one or several customers. */
export interface NewAuditEntry {
  readonly action: AuditedAction;
  /** Null for many customers. */
  readonly customerIds: readonly (string | null)[];
  readonly actor: Actor;
}

/** Adds an entry for each of the customers, in the transaction of the connection if it has one. */
export async function addAuditEntries(
  connection: { query(text: string, values: unknown[]): Promise<unknown> },
  ...entries: readonly NewAuditEntry[]
): Promise<void> {
  const rows = entries.flatMap(({ action, customerIds, actor }) =>
    [...new Set(customerIds)].map((customerId) => ({ action, customerId, actor: JSON.stringify(actor) })),
  );
  await connection.query(
    'insert into audit.entry (action, customer_id, actor) select * from unnest($1::text[], $2::uuid[], $3::json[])',
    [rows.map(({ action }) => action), rows.map(({ customerId }) => customerId), rows.map(({ actor }) => actor)],
  );
}

export function actorOf(caller: Caller): Actor {
  if (caller.kind === 'customer') return { kind: 'customer' };
  const { keyId, name, role } = caller;
  return { kind: 'key', keyId, name, role };
}
