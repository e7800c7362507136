import type {
  LimitDocument,
  RuleDocument,
  SignalDocument,
  ValenceDocument,
  WeightDocument,
} from '@sestante/engagement';
import { conditionInWords } from './condition-in-words.ts';

/** The signals of a rule: `relevance 0.5 → 90`, a weight in observations and a valence as a score of 0 to 100. */
export function signalsIn({ signals }: RuleDocument): string {
  return signals.map(signalIn).join('; ');
}

function signalIn({ element, weight, valence, amount }: SignalDocument): string {
  const relative = amount === undefined ? '' : ` × \`${amount}\` / usual`;
  return `${element} ${weightIn(weight)}${relative} → ${valenceIn(valence)}`;
}

function weightIn(weight: number | WeightDocument): string {
  if (typeof weight === 'number') return String(weight);
  return `${weight.times} × \`${weight.property}\`, at most ${weight.most}`;
}

function valenceIn(valence: number | ValenceDocument): string {
  if (typeof valence === 'number') return String(Number((100 * valence).toFixed(6)));
  return `0 at ${limitIn(valence.zeroAt)}, 100 at ${limitIn(valence.oneAt)}: ${numberIn(valence)}`;
}

function limitIn(limit: LimitDocument): string {
  return typeof limit === 'number' ? String(limit) : `\`${limit.property}\` (or ${limit.otherwise})`;
}

function numberIn(valence: ValenceDocument): string {
  if ('daysAfter' in valence) return `days after \`${valence.daysAfter}\``;
  if ('hoursAfter' in valence) return `hours after \`${valence.hoursAfter}\``;
  if (!('dividedBy' in valence)) return `\`${valence.property}\``;
  return `\`${valence.property}\` / (${valence.dividedBy.map((name) => `\`${name}\``).join(' + ')})`;
}

/** What counts, if it is not every activity: `once per order_id`. */
export function countsIn({ when, oncePer, again }: RuleDocument): string {
  const parts: string[] = [];
  if (oncePer) {
    const { property, minutes, matter } = oncePer;
    const within = minutes === undefined ? [] : [timeInWords(minutes)];
    const per = [...(property === undefined ? [] : [`\`${property}\``]), ...within].join(' and ');
    parts.push(`once per ${per}${matter === undefined ? '' : ` (${matter})`}`);
  }
  if (again) {
    const counted = again.inOtherChannel ? 'once in each other channel' : 'from the second time';
    parts.push(`${counted} for the same \`${again.property}\``);
  }
  if (when) parts.push(`if ${conditionInWords(when)}`);
  return parts.join('; ');
}

function timeInWords(minutes: number): string {
  if (minutes % 1_440 === 0) return minutes === 1_440 ? 'day' : `${minutes / 1_440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
  return minutes === 1 ? 'minute' : `${minutes} minutes`;
}
