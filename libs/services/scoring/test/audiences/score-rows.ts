import { type Element, elements } from '@sestante/engagement';
import { channelBit, elementSumColumns, evidenceColumns } from '../../src/store/score-columns.ts';
import { idOf } from '../builders.ts';
import type { Service } from '../service.ts';

/** What is known of a customer now. The rest is nothing. */
export interface RowOf {
  readonly name: string;
  /** How much was observed of an element, and how much of it was good: in bond and mood alike. */
  readonly sums?: Partial<Record<Element, { readonly weight: number; readonly good: number }>>;
  readonly attributes?: object;
  readonly consents?: object;
  readonly lastActivityAt?: string;
}

type Connection = Pick<Service, 'query'>;

/** Makes the live model's rows, if there are none. The landmark is now. */
async function prepareRows({ query }: Connection): Promise<number> {
  const [live] = await query<{ id: number }>(`select model_id as id from scoring.model where status = 'live'`);
  await query(
    `create table if not exists scoring.customer_score_${live!.id} partition of scoring.customer_score for values in (${live!.id})`,
  );
  await query('insert into scoring.score_landmark (model_id, landmark_ms) values ($1, $2) on conflict do nothing', [
    live!.id,
    Date.now(),
  ]);
  return live!.id;
}

/** Stores rows of customers, in place of those that are there. */
export async function saveRows(connection: Connection, ...rows: readonly RowOf[]): Promise<void> {
  const modelId = await prepareRows(connection);
  for (const { name, sums = {}, attributes = null, consents = null, lastActivityAt = null } of rows) {
    const columns = new Map<string, unknown>([
      ['customer_id', idOf(name)],
      ['model_id', modelId],
      ...elementSumColumns.map((column) => [column, 0] as const),
      ...evidenceColumns.map((column) => [column, 0] as const),
      ...['latest_ms', 'first_purchase_ms', 'last_purchase_ms'].map((column) => [column, '-infinity'] as const),
      ...['fingerprint', 'purchases', 'members'].map((column) => [column, 0] as const),
      ['channels', channelBit('web')],
      ['attributes', attributes && JSON.stringify(attributes)],
      ['consents', consents && JSON.stringify(consents)],
      ['first_activity_at', lastActivityAt],
      ['last_activity_at', lastActivityAt],
    ]);
    for (const element of elements) {
      const { weight, good } = sums[element] ?? { weight: 0, good: 0 };
      if (weight > 0) columns.set(`${element}_evidence`, 1);
      for (const scale of ['bond', 'mood']) {
        columns.set(`${element}_${scale}_weight`, weight);
        columns.set(`${element}_${scale}_good`, good);
      }
    }
    await connection.query('delete from scoring.customer_score where customer_id = $1', [idOf(name)]);
    const names = [...columns.keys()];
    await connection.query(
      `insert into scoring.customer_score (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      [...columns.values()],
    );
  }
}

/** Stores rows of so many customers, with random sums. */
export async function saveManyRows(connection: Connection, count: number): Promise<void> {
  const modelId = await prepareRows(connection);
  const sums = elementSumColumns.map((column) => (column.endsWith('_good') ? 'random()' : '1 + random() * 20'));
  await connection.query(
    `insert into scoring.customer_score (customer_id, model_id, latest_ms, first_purchase_ms, last_purchase_ms, fingerprint, purchases,
            members, channels, first_activity_at, last_activity_at, attributes, consents, ${[...elementSumColumns, ...evidenceColumns].join(', ')})
     select gen_random_uuid(), $1, '-infinity', '-infinity', '-infinity', 1, 0, 1, 3, now(), now(),
            '{"country": "IT", "tags": ["new"]}', '{"offers": "granted"}', ${[...sums, ...evidenceColumns.map(() => '1')].join(', ')}
       from generate_series(1, $2)`,
    [modelId, count],
  );
}
