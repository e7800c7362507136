import { addFault, type JsonNode, textIn } from '@sestante/rules';
import type { Properties } from '../activity.ts';

/** Finds one property; undefined if it is missing. */
export type Property = (properties: Properties) => unknown;

const longestPath = 200;

/** Compiles a property path, for example `shipping.days_late`. A path with an empty step is a fault. */
export function propertyIn(node: JsonNode): Property {
  const path = textIn(node, longestPath);
  const steps = path.split('.');
  if (path !== '' && steps.includes('')) addFault(node, 'must be names joined by single dots');
  return (properties) => valueAt(properties, steps);
}

/** Own properties only: inherited names such as `constructor` are not found. */
export function valueAt(properties: Properties, steps: readonly string[]): unknown {
  let value: unknown = properties;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Properties)[step];
  }
  return value;
}

/** The property if it is a finite number. */
export function numberOf(property: Property, properties: Properties): number | undefined {
  const value = property(properties);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
