import { isBlank } from '../../judge/is-blank.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The event of a line, as if it came by itself: it is a `track` where it does not say its type and names what happened. A file is not sent by
 * the device: what the device said of its sending tells nothing of ours, and the time that was corrected already goes before the device's own.
 */
export function eventOf({ sentAt: _sentAt, originalTimestamp, ...fields }: Fields): Fields {
  const { type, event, timestamp } = fields;
  return {
    ...fields,
    ...(isBlank(type) && !isBlank(event) ? { type: 'track' } : {}),
    ...(isBlank(timestamp) && !isBlank(originalTimestamp) ? { timestamp: originalTimestamp } : {}),
  };
}
