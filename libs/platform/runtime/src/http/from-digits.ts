import { Transform } from 'class-transformer';

/** Converts a query parameter of 1 to 15 decimal digits to a number. `Number` would also accept `0x10`, `1e2` and a space. */
export const FromDigits = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
