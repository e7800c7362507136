import fc from 'fast-check';
import { mutated } from '../values/mutate.ts';
import { oddText } from '../values/odd-values.ts';
import { jsonOf } from '../values/raw-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Files of events as NDJSON and CSV. Their events have no ids: each is identified by its line. */
export function filesOf(activities: fc.Arbitrary<Fields>): fc.Arbitrary<string> {
  const event = fc
    .tuple(activities, fc.nat({ max: 50 }))
    .map(([activity, n]) => ({ userId: `user-${n}`, ...activity }));
  const line = fc.oneof(
    { weight: 6, arbitrary: event.map(jsonOf) },
    { weight: 3, arbitrary: mutated(event).map(jsonOf) },
    { weight: 1, arbitrary: fc.oneof(fc.constantFrom('', ' ', '{', 'null', '[]', '"', '\r'), oddText) },
  );
  return fc.oneof(written(line), csv(event));
}

function csv(event: fc.Arbitrary<Fields>): fc.Arbitrary<string> {
  const names = fc.uniqueArray(fc.constantFrom('order_id', 'total', 'context.channel', 'email', 'a.b', 'products'));
  const cell = fc.oneof(fc.constantFrom('1', '19.90', 'shop', '"', '""', '{}', '[]'), oddText);
  const header = fc.oneof(
    { weight: 6, arbitrary: names },
    { weight: 1, arbitrary: fc.array(oddText, { maxLength: 5 }) },
  );
  return header.chain((others) => {
    const exactly = { minLength: others.length, maxLength: others.length };
    const cells = fc.oneof({ weight: 6, arbitrary: fc.array(cell, exactly) }, { weight: 1, arbitrary: fc.array(cell) });
    const row = fc.tuple(event, cells).map(([one, more]) => [String(one['event']), String(one['userId']), ...more]);
    return written(row.map(recordOf)).map((rows) => `${recordOf(['event', 'user_id', ...others])}\n${rows}`);
  });
}

const written = (lines: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(lines, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n'))
    .map(([all, end]) => all.join(end) + end);

/** The odd cells include an unescaped quote. */
const recordOf = (cells: readonly string[]) =>
  cells.map((cell) => (/[,"\r\n]/.test(cell) && cell !== '"' ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
