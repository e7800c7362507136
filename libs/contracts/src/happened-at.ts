/** The effective instant of an activity: never later than its receipt. Otherwise a fast device clock would make it the latest for hours. */
export function happenedAt({
  timestamp,
  receivedAt,
}: {
  readonly timestamp: string;
  readonly receivedAt: string;
}): string {
  return Date.parse(timestamp) > Date.parse(receivedAt) ? receivedAt : timestamp;
}
