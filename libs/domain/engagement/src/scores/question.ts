import type { Element, Scale } from '../element.ts';

/** Which score is to be explained, and at which instant. */
export interface Question {
  readonly element: Element;
  readonly scale: Scale;
  /** In milliseconds since 1970. */
  readonly at: number;
}
