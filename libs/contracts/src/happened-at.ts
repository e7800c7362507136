/** When something counts as having happened: not after we received it. A clock that is ahead must not give it the last word for hours. */
export function happenedAt({
  timestamp,
  receivedAt,
}: {
  readonly timestamp: string;
  readonly receivedAt: string;
}): string {
  return Date.parse(timestamp) > Date.parse(receivedAt) ? receivedAt : timestamp;
}
