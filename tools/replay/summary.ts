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
  received: 'events that came in',
  accepted: 'of them kept in the stream',
  duplicate: 'of them known already, without effect',
  rejected: 'of them of no use, kept with their reasons',
  activities: 'in the timelines',
  customers: 'to whom they belong',
  evidence: 'activities that speak of an element',
  decisions: 'on an offer or on none',
};

/** A table of what the server holds now, and by how much it grew. Counts that this process does not have are left out. */
export function table(before: Stats, after: Stats): string {
  const lines = names.flatMap((name) => {
    const [old, now] = [before[name] ?? 0, after[name]];
    if (now === undefined) return [];
    const grown = now === old ? '' : `+${count(now - old)}`;
    return [`  ${name.padEnd(11)}${count(now).padStart(10)}${grown.padStart(10)}   ${meanings[name]}`];
  });
  return lines.join('\n');
}
