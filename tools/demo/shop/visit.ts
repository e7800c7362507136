import type { Device } from './device.ts';
import type { Dice } from './dice.ts';
import type { Happening } from './happening.ts';
import type { Shopper } from './shopper.ts';

/** A shopper, somewhere, at some time. */
export interface Visit {
  readonly shopper: Shopper;
  readonly device: Device;
  readonly at: number;
  readonly dice: Dice;
}

type Properties = Readonly<Record<string, unknown>>;

/** Something that happens in a visit, so many milliseconds after its beginning. */
export function happens(
  { shopper, device, at }: Visit,
  afterMs: number,
  what: string,
  properties?: Properties,
): Happening {
  return { shopper, device, at: at + afterMs, what, ...(properties ? { properties } : {}) };
}
