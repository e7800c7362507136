/** The reason why an event or a part of it cannot be used. */
export interface Fault {
  readonly code: string;
  readonly reason: string;
}

export function isFault(read: unknown): read is Fault {
  return typeof read === 'object' && read !== null && 'code' in read;
}
