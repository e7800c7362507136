import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log: partitions with their next offset, record batches, and the position of each group. */
export class Log1763800000000 implements MigrationInterface {
  name = 'Log1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stream.topic_partition (
        topic text not null,
        partition int not null,
        next_offset bigint not null default 0,
        primary key (topic, partition)
      ) with (fillfactor = 50);
      create table stream.record_batch (
        topic text not null,
        partition int not null,
        first_offset bigint not null,
        count int not null,
        records bytea not null,
        published_at timestamptz not null default clock_timestamp(),
        primary key (topic, partition, first_offset)
      );
      alter table stream.record_batch alter column records set storage external;
      create table stream.group_position (
        group_name text not null,
        topic text not null,
        partition int not null,
        committed bigint not null default 0,
        moved_at timestamptz not null default clock_timestamp(),
        primary key (group_name, topic, partition)
      ) with (fillfactor = 50);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stream.group_position, stream.record_batch, stream.topic_partition');
  }
}

export const migrations = [Log1763800000000];
