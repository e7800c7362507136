import type { Findings } from './fuzz.ts';
import { phraseOf } from './send.ts';

/** What was found, in words, and whether all is well. */
export function report({ requests, unmet, statuses, told, stored, faults }: Findings): {
  readonly text: string;
  readonly isFine: boolean;
} {
  const isBalanced = told.accepted === stored.accepted && told.rejected === stored.rejected;
  const lines = [
    `${requests} requests; ${unmet.length === 0 ? 'every route' : `all routes but ${unmet.join(', ')}`} answered with success`,
    ...[...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${String(count).padStart(8)}  ${phraseOf(status)}`),
    `accepted: ${told.accepted} by the answers, ${stored.accepted} in the stream (${told.repeated} repeated, ${told.redriven} at the second try)`,
    `rejected: ${told.rejected} by the answers, ${stored.rejected} kept`,
    ...(isBalanced ? [] : ['The answers and the database do not agree.']),
    ...faults.map((fault) => `FAULT ${fault}`),
  ];
  return { text: lines.join('\n'), isFine: isBalanced && faults.length === 0 };
}
