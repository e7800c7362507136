import { isBlank } from '../../judge/is-blank.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The event of a line. Its type is `track` if it has an `event` but no type. A file is not sent by the device: `sentAt` is removed, and `timestamp`,
 * which is already corrected, takes precedence over `originalTimestamp`.
 */
export function eventOf({ sentAt: _sentAt, originalTimestamp, ...fields }: Fields): Fields {
  const { type, event, timestamp } = fields;
  return {
    ...fields,
    ...(isBlank(type) && !isBlank(event) ? { type: 'track' } : {}),
    ...(isBlank(timestamp) && !isBlank(originalTimestamp) ? { timestamp: originalTimestamp } : {}),
  };
}
