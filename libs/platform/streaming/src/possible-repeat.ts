import type { Message } from './stream.ts';

const header = 'possible_repeat';

/** The message, marked as one that may have been published before: its readers look up whether it has taken effect. */
export function toPossibleRepeat<M extends Message>(message: M): M {
  return { ...message, headers: { ...message.headers, [header]: 'true' } };
}

export function isPossibleRepeat({ headers }: Pick<Message, 'headers'>): boolean {
  return headers[header] !== undefined;
}
