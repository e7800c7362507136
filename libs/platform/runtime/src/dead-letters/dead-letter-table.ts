import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that handlers could not handle, each once per group, identified by their first topic, partition and offset. */
class Letters1764300000000 implements MigrationInterface {
  name = 'Letters1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table letters.dead_letter (
        id bigint generated always as identity primary key,
        group_name text not null,
        topic text not null,
        partition int not null,
        position bigint not null,
        key bytea not null,
        headers json not null,
        value bytea not null,
        reason text not null,
        attempts int not null default 1,
        failed_at timestamptz not null default now(),
        redriven_at timestamptz,
        unique (group_name, topic, partition, position)
      );
      create index on letters.dead_letter (failed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table letters.dead_letter');
  }
}

export const migrations = [Letters1764300000000];
