import { channelSumColumns, elementSumColumns, evidenceColumns } from './score-columns.ts';

const all = (columns: readonly string[], type: string) =>
  columns.map((column) => `${column} ${type},`).join('\n        ');

/**
 * `customer_score` has one row for each customer under the live model, under one with a shadow, and under the one that was live before: what is needed to compute the scores at any later instant in SQL.
 * It is written from the states of members, apart from the path of activities; each model has a partition of its own.
 *
 * The sums are brought to the instant `landmark_ms` of the model, the same for all rows. It is moved, with all rows, before they become too large. `latest_ms` of `score_landmark` is
 * the latest one of all rows: if it is later than the instant that is asked, the clock of some source is fast. Columns that end in `_ms` are milliseconds since 1970; those
 * of a row are `-infinity` for what never happened.
 *
 * Fixed-width columns that are never null come first: Postgres finds them without reading those before. `channels` has a bit for each channel with evidence. `fingerprint`
 * says from which states the row was computed: the sum of their revisions, each times one more than the number in the last seven digits of the member's id. `first_activity_at` and `last_activity_at` are of all activities, also of those without evidence.
 * `attributes` and `consents` are what profile told last of the customer, at `told_at`: the reception of that activity. They do not depend on the model.
 */
export const scoreTables = `
      create table scoring.score_landmark (
        model_id smallint primary key,
        landmark_ms float8 not null,
        latest_ms float8 not null default '-infinity'
      );
      create table scoring.customer_score (
        customer_id uuid not null,
        ${all(elementSumColumns, 'float8 not null')}
        latest_ms float8 not null,
        first_purchase_ms float8 not null,
        last_purchase_ms float8 not null,
        fingerprint bigint not null,
        purchases int not null,
        members int not null,
        ${all(evidenceColumns, 'int not null')}
        channels smallint not null,
        model_id smallint not null,
        first_activity_at timestamptz,
        last_activity_at timestamptz,
        told_at timestamptz,
        attributes jsonb,
        consents jsonb,
        ${all(channelSumColumns, 'float8')}
        primary key (customer_id, model_id)
      ) partition by list (model_id);`;

export const dropScoreTables = 'drop table scoring.customer_score, scoring.score_landmark';
