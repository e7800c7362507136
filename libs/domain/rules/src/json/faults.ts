import type { Fault } from './json-node.ts';

/** A fault as one text: `rules[3].activity: is missing`. */
export function faultText({ place, message }: Fault): string {
  return `${place}: ${message}`;
}

/** The first fault, and how many others there are: for the message of an error. */
export function summaryOf(faults: readonly Fault[]): string {
  const [first, ...others] = faults;
  if (first === undefined) return 'unknown fault';
  return others.length === 0 ? faultText(first) : `${faultText(first)} (and ${others.length} more)`;
}
