import { count } from '../sestante/status-line.ts';
import type { Stats } from '../sestante/stats.ts';

const names = [
  'received',
  'accepted',
  'duplicate',
  'rejected',
  'activities',
  'customers',
  'evidence',
  'decisions',
] as const;
const meanings: Record<(typeof names)[number], string> = {
  received: 'received events',
  accepted: 'of them accepted into the stream',
  duplicate: 'of them duplicates without effect',
  rejected: 'of them rejected, stored with their reasons',
  activities: 'stored activities',
  customers: 'customers of these activities',
  evidence: 'scored activities',
  decisions: 'decisions, with or without an offer',
};

/** A table of the counts of the server and their increase. Counts that the process does not have are omitted. */
export function table(before: Stats, after: Stats): string {
  const lines = names.flatMap((name) => {
    const [old, now] = [before[name] ?? 0, after[name]];
    if (now === undefined) return [];
    const grown = now === old ? '' : `+${count(now - old)}`;
    return [`  ${name.padEnd(11)}${count(now).padStart(10)}${grown.padStart(10)}   ${meanings[name]}`];
  });
  return lines.join('\n');
}
