import type { DataSource } from 'typeorm';

/** The id of the customer to whom the id belongs now; undefined if it is of no stored member, such as that of a customer without activities. */
export async function findPresentId(dataSource: DataSource, customerId: string): Promise<string | undefined> {
  const [row] = await dataSource.query<{ customer_id: string }[]>(
    `select customer_id from scoring.member
      where member_id = $1 and model_id = (select model_id from scoring.model where status = 'live')`,
    [customerId],
  );
  return row?.customer_id;
}
