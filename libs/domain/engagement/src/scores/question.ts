import type { Element, Scale } from '../element.ts';

/** The score to explain, and the instant. */
export interface Question {
  readonly element: Element;
  readonly scale: Scale;
  /** In milliseconds since 1970. */
  readonly at: number;
}
