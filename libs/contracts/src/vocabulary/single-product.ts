import { isObject } from './is-object.ts';
import { productIds } from './products.ts';
import type { Properties } from './term.ts';

/** Merges the fields of a single item into the properties, which take precedence: Google Analytics sends one product as a list with one item. */
export function withSingleProduct(properties: Properties): Properties {
  if (productIds.some((field) => properties[field] !== undefined)) return properties;
  for (const list of ['items', 'products']) {
    const { [list]: items, ...rest } = properties;
    if (Array.isArray(items) && items.length === 1 && isObject(items[0])) return { ...items[0], ...rest };
  }
  return properties;
}
