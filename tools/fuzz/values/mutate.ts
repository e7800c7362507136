import fc from 'fast-check';
import { oddText, oddValue } from './odd-values.ts';

type Fields = Record<string, unknown>;

/** A change of a part of a value; `at` is the path to the part. */
type Mutation = { readonly at: readonly number[] } & (
  | { readonly kind: 'replace'; readonly by: unknown }
  | { readonly kind: 'add'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'remove' | 'wrap' | 'repeat' }
);

const at = fc.array(fc.nat({ max: 12 }), { minLength: 0, maxLength: 4 });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at, kind: fc.constant('replace' as const), by: oddValue }) },
  { weight: 2, arbitrary: fc.record({ at, kind: fc.constant('add' as const), name: oddText, value: oddValue }) },
  {
    weight: 3,
    arbitrary: fc.record({ at, kind: fc.constantFrom('remove' as const, 'wrap' as const, 'repeat' as const) }),
  },
);

/** The values with one to three mutations. */
export function mutated(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce(apply, value));
}

/** Follows the path, whose numbers are indices of members (modulo their count), and changes the part at its end. */
function apply(value: unknown, { at: [position, ...rest], ...change }: Mutation): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (position === undefined || keys.length === 0) return changed(value, change as Mutation);
  const key = keys[position % keys.length]!;
  const inner = (value as Fields)[key];
  const isLast = rest.length === 0;
  if (isLast && change.kind === 'remove') return without(value, key);
  if (isLast && change.kind === 'repeat' && Array.isArray(value)) return [...(value as unknown[]), inner, inner];
  const next = apply(inner, { ...change, at: rest } as Mutation);
  return Array.isArray(value)
    ? (value as unknown[]).map((item, index) => (String(index) === key ? next : item))
    : { ...(value as Fields), [key]: next };
}

function changed(value: unknown, change: Mutation): unknown {
  switch (change.kind) {
    case 'replace':
      return change.by;
    case 'add':
      return isFields(value) ? { ...value, [change.name]: change.value } : change.value;
    case 'wrap':
      return [value];
    case 'repeat':
      return [value, value];
    case 'remove':
      return undefined;
  }
}

function without(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return (value as unknown[]).filter((_, index) => String(index) !== key);
  const { [key]: _, ...others } = value as Fields;
  return others;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
