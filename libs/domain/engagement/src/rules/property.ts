import type { Properties } from '../activity.ts';
import type { Place } from '../document/place.ts';
import { textIn } from '../document/leaf.ts';
import { fault } from '../document/place.ts';

/** Finds one property; undefined when it is not there. */
export type Property = (properties: Properties) => unknown;

/** The property that the path here names, for example `shipping.days_late`. A path with an empty step is a fault. */
export function propertyIn(place: Place): Property {
  const path = textIn(place);
  const steps = path.split('.');
  if (path !== '' && steps.includes('')) fault(place, 'must be names joined by single dots');
  return (properties) => steps.reduce(step, properties);
}

/** Own properties only: `constructor` and its like are absent unless the activity really has them. */
function step(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Properties)[name];
}
