import type { Device } from './device.ts';
import type { Random } from './random.ts';
import type { Occurrence } from './occurrence.ts';
import type { Shopper } from './shopper.ts';

/** A shopper on a device at an instant. */
export interface Visit {
  readonly shopper: Shopper;
  readonly device: Device;
  readonly at: number;
  readonly random: Random;
}

type Properties = Readonly<Record<string, unknown>>;

/** An occurrence in a visit, `afterMs` milliseconds after its start. */
export function occurrence(
  { shopper, device, at }: Visit,
  afterMs: number,
  what: string,
  properties?: Properties,
): Occurrence {
  return { shopper, device, at: at + afterMs, what, ...(properties ? { properties } : {}) };
}
