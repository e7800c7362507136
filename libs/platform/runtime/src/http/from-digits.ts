import { Transform } from 'class-transformer';

/** A whole number in a query, which is text: decimal digits and nothing else, where `Number` would also take `0x10`, `1e2` and a space. */
export const FromDigits = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
