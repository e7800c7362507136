import { foreignTopics, topics } from '@sestante/contracts';
import type { Config } from '@sestante/runtime';
import { extraMonths } from '../forget-old-ids.ts';
import type { ErasureReceipt } from './erasure-response.ts';

type Remaining = ErasureReceipt['remains'][number];
type Days = Pick<Config, 'SESTANTE_ACTIVITY_MONTHS' | 'SESTANTE_REJECTED_DAYS' | 'SESTANTE_DEAD_LETTER_DAYS'>;

export interface RetentionTimes extends Days {
  /** How long the stream keeps messages; undefined if the Kafka cluster decides. */
  readonly streamHours: number | undefined;
}

/** How long processes of ingest remember clocks of devices. */
const memoryHours = 24;

const hourMs = 3_600_000;
const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * hourMs).toISOString();
const daysAfter = (at: Date, days: number) => hoursAfter(at, 24 * days);

function monthsAfter(at: Date, months: number): string {
  const later = new Date(at);
  later.setUTCMonth(later.getUTCMonth() + months);
  return later.toISOString();
}

/** What an erasure leaves behind, until when, and why. */
export function remainsOf(erasedAt: Date, times: RetentionTimes): Remaining[] {
  const { streamHours, SESTANTE_ACTIVITY_MONTHS: activityMonths } = times;
  const messages = Object.values({ ...topics, ...foreignTopics }).map(({ name }): Remaining => ({
    what: `messages on ${name}`,
    ...(streamHours !== undefined && { until: hoursAfter(erasedAt, streamHours) }),
    because:
      streamHours === undefined
        ? 'Messages cannot be changed. They are removed by the retention of the topic in the Kafka cluster.'
        : 'Messages cannot be changed. They are removed at this time, once every service has read them.',
  }));
  return [
    ...messages,
    {
      what: 'events that no service could read',
      until: daysAfter(erasedAt, Math.max(times.SESTANTE_REJECTED_DAYS, times.SESTANTE_DEAD_LETTER_DAYS)),
      because:
        'An identifier that looks like a word or a date, or is short, is not recognised in a text without structure.',
    },
    {
      what: 'hashes of the lines of imported files',
      until: daysAfter(erasedAt, times.SESTANTE_REJECTED_DAYS),
      because: 'A corrected file is compared with them. They cannot be turned back into lines.',
    },
    {
      what: 'ids of activities',
      until: monthsAfter(erasedAt, activityMonths + extraMonths),
      because:
        'An event that is sent again must not take effect. They do not say whose they were; those of activities that were removed by retention before have the id of a member, a random number of nobody.',
    },
    {
      what: 'memory of processes of ingest',
      until: hoursAfter(erasedAt, memoryHours),
      because:
        'Repeated orders, clocks of devices and the latest verdicts are in memory, until others replace them or the process ends.',
    },
    {
      what: 'keyed hashes of the identifiers',
      because: 'Events of the past that arrive late must not bring the person back.',
    },
    {
      what: 'ids of the customer and its members',
      because: 'Messages that arrive late must be recognised. They are random numbers of nobody.',
    },
    {
      what: 'entries of the audit log',
      because: 'They say who read or changed data, with the id of the customer and nothing else about them.',
    },
    { what: 'counts of events, decisions and offers', because: 'They are numbers of nobody.' },
    { what: 'backups', because: 'The operator of the database decides how long they are kept.' },
  ];
}
