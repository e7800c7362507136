import type { Findings } from './fuzz.ts';
import { phraseOf } from './send.ts';

/** The findings as text, and whether there are no faults. */
export function report({ requests, unmet, statuses, reported, stored, faults }: Findings): {
  readonly text: string;
  readonly isFine: boolean;
} {
  const isBalanced = reported.accepted === stored.accepted && reported.rejected === stored.rejected;
  const lines = [
    `${requests} requests; ${unmet.length === 0 ? 'every route' : `all routes but ${unmet.join(', ')}`} responded with success`,
    ...[...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${String(count).padStart(8)}  ${phraseOf(status)}`),
    `accepted: ${reported.accepted} in the responses, ${stored.accepted} in the stream (${reported.repeated} repeated, ${reported.redriven} redriven)`,
    `rejected: ${reported.rejected} in the responses, ${stored.rejected} stored`,
    ...(isBalanced ? [] : ['The responses and the database differ.']),
    ...faults.map((fault) => `FAULT ${fault}`),
  ];
  return { text: lines.join('\n'), isFine: isBalanced && faults.length === 0 };
}
