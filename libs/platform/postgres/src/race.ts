/** Another process has written the same data at the same time. A retry finds it. */
export class Race extends Error {
  readonly code = 'race';
  readonly retriable = true;
  constructor(what: string) {
    super(`Another process has written ${what} at the same time.`);
    this.name = 'Race';
  }
}

const uniqueViolation = '23505';

export function isUniqueViolation(error: unknown): boolean {
  return ((error ?? {}) as { code?: unknown }).code === uniqueViolation;
}

/** Runs an insert of rows that did not exist when they were looked up. Rejects with `Race` if one of them exists now. */
export async function insertingNew<T>(what: string, insert: () => Promise<T>): Promise<T> {
  try {
    return await insert();
  } catch (error) {
    throw isUniqueViolation(error) ? new Race(what) : error;
  }
}
