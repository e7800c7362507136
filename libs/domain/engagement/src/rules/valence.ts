import { addFault, fieldsOf, isObject, type JsonNode, numberIn } from '@sestante/rules';
import { proportion } from '../document/leaf.ts';
import { limitIn, numberFields, type NumberReader, numberReaderIn } from './number.ts';

/** How good an activity was, 0..1; undefined if what it reads is missing. */
export type Valence = NumberReader;

/** Compiles a constant or a `ValenceDocument`. */
export function valenceIn(node: JsonNode): Valence {
  if (isObject(node.value)) return lineIn(node);
  const constant = numberIn(node, proportion);
  return () => constant;
}

function lineIn(node: JsonNode): Valence {
  const fields = fieldsOf(node, [...numberFields, 'zeroAt', 'oneAt']);
  const number = numberReaderIn(node, fields);
  checkLimits(fields);
  const zeroAt = limitIn(fields.zeroAt);
  const oneAt = limitIn(fields.oneAt);
  return (activity) => {
    const value = number(activity);
    if (value === undefined) return undefined;
    const zero = zeroAt(activity);
    const length = oneAt(activity) - zero;
    // Only limits that are read from properties can be equal or too far apart: the rule does not apply.
    if (length === 0 || !Number.isFinite(length)) return undefined;
    return Math.min(1, Math.max(0, (value - zero) / length));
  };
}

function checkLimits({ zeroAt, oneAt }: { readonly zeroAt: JsonNode; readonly oneAt: JsonNode }): void {
  const [zero, one] = [zeroAt.value, oneAt.value];
  if (typeof zero !== 'number' || typeof one !== 'number') return;
  if (zero === one) addFault(oneAt, 'must differ from zeroAt');
  else if (Number.isFinite(zero) && Number.isFinite(one) && !Number.isFinite(one - zero)) {
    addFault(oneAt, 'is too far from zeroAt');
  }
}
