import { isObject } from './is-object.ts';
import { productNamed } from './products.ts';
import type { Properties } from './term.ts';

/** Google Analytics says of which product an event is by a list of one: its fields are those of the activity, as far as they are not there. */
export function withLoneProduct(properties: Properties): Properties {
  if (productNamed.some((field) => properties[field] !== undefined)) return properties;
  for (const list of ['items', 'products']) {
    const { [list]: items, ...rest } = properties;
    if (Array.isArray(items) && items.length === 1 && isObject(items[0])) return { ...items[0], ...rest };
  }
  return properties;
}
