import type { DataSource } from 'typeorm';
import { customerOf } from './customer-of.ts';
import { memberColumns, type MemberState, toMemberState } from './states.ts';

/** The members of a customer with their states, by its id or a former one; empty for a customer without activities. */
export async function readMembers(dataSource: DataSource, modelId: number, customerId: string): Promise<MemberState[]> {
  const rows = await dataSource.query<Parameters<typeof toMemberState>[0][]>(
    `select ${memberColumns} from scoring.member where model_id = $1 and customer_id = ${customerOf}`,
    [modelId, customerId],
  );
  return rows.map(toMemberState);
}
