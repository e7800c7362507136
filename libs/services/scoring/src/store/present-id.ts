import type { DataSource } from 'typeorm';

/** The id of the customer to whom the id belongs now; undefined if it is of no stored member, such as that of a customer without activities. */
export async function findPresentId(
  dataSource: DataSource,
  modelId: number,
  customerId: string,
): Promise<string | undefined> {
  const [row] = await dataSource.query<{ customer_id: string }[]>(
    'select customer_id from scoring.member where model_id = $1 and member_id = $2',
    [modelId, customerId],
  );
  return row?.customer_id;
}
