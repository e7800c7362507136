import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries are only added. One without a customer is about many customers, such as an export of everybody. */
class Audit1764300000000 implements MigrationInterface {
  name = 'Audit1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit.entry (
        entry_id bigint primary key generated always as identity,
        at timestamptz not null default now(),
        action text not null,
        customer_id uuid,
        actor json not null
      );
      create index entry_of_customer on audit.entry (customer_id, entry_id desc);
      create index entry_of_many on audit.entry (entry_id desc) where customer_id is null;
      create function audit.refuse_change() returns trigger language plpgsql as
        $$ begin raise exception 'Entries of the audit log cannot be changed or removed.'; end $$;
      create trigger only_added before update or delete or truncate on audit.entry
        for each statement execute function audit.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit.entry; drop function audit.refuse_change');
  }
}

export const migrations = [Audit1764300000000];
