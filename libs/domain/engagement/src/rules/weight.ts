import { fieldsOf, isObject, type JsonNode, numberIn } from '@sestante/rules';
import { weight } from '../document/leaf.ts';
import type { NumberReader } from './number.ts';
import { numberOf, propertyIn } from './property.ts';

/** Compiles the weight of a signal: a constant or a `WeightDocument`. Never below 0. */
export function weightIn(node: JsonNode): NumberReader {
  if (!isObject(node.value)) {
    const constant = numberIn(node, weight);
    return () => constant;
  }
  const fields = fieldsOf(node, ['property', 'times', 'most']);
  const property = propertyIn(fields.property);
  const times = numberIn(fields.times, weight);
  const most = numberIn(fields.most, weight);
  return ({ properties }) => {
    const value = numberOf(property, properties);
    return value === undefined ? undefined : Math.min(most, Math.max(0, value * times));
  };
}
