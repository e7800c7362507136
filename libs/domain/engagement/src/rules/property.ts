import type { Properties } from '../activity.ts';
import type { JsonNode } from '../document/json-node.ts';
import { textIn } from '../document/leaf.ts';
import { addFault } from '../document/json-node.ts';

/** Finds one property; undefined if it is missing. */
export type Property = (properties: Properties) => unknown;

/** Compiles a property path, for example `shipping.days_late`. A path with an empty step is a fault. */
export function propertyIn(node: JsonNode): Property {
  const path = textIn(node);
  const steps = path.split('.');
  if (path !== '' && steps.includes('')) addFault(node, 'must be names joined by single dots');
  return (properties) => steps.reduce(step, properties);
}

/** Own properties only: inherited names such as `constructor` are not found. */
function step(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Properties)[name];
}
