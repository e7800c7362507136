import { Race } from '@sestante/postgres';

const uniqueViolation = '23505';

/** Runs an insert of rows that did not exist when they were looked up. Rejects with `Race` if one of them exists now. */
export async function insertingNew<T>(what: string, insert: () => Promise<T>): Promise<T> {
  try {
    return await insert();
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    throw new Race(what);
  }
}
