import type { ErrorObject } from 'ajv';
import type { Fields } from './field.ts';
import type { Properties, Term } from './term.ts';
import type { CheckedActivity, Violation } from './violation.ts';

/** The maximum number of reported violations of one event. All values of a wrong type are removed, also beyond it. */
export const maxViolations = 20;

interface InvalidActivity {
  readonly name: string;
  readonly term: Term;
  readonly properties: Properties;
}

/** Removes values of a wrong type and reports the violations. A wrong detail, such as the picture of a product, does not invalidate an order. */
export function removeFaults(activity: InvalidActivity, errors: readonly ErrorObject[]): CheckedActivity {
  const pointers = [...new Set(errors.map(({ instancePath }) => instancePath))].filter((pointer) => pointer !== '');
  // Only the outermost: removing a value removes its inner values.
  const outermost = pointers.filter((pointer) => !pointers.some((other) => pointer.startsWith(`${other}/`)));
  const violations = [...missing(activity, errors), ...outermost.map((pointer) => invalid(activity, pointer))];
  return { properties: without(activity.properties, outermost), violations: violations.slice(0, maxViolations) };
}

function missing(activity: InvalidActivity, errors: readonly ErrorObject[]): Violation[] {
  const { either } = activity.term;
  const ofOwn = errors.filter(({ instancePath }) => instancePath === '');
  const fields = ofOwn.filter(isRequired).map(({ params }) => [params['missingProperty'] as string]);
  const lacksBoth = either !== undefined && ofOwn.some(({ keyword }) => keyword === 'anyOf');
  return [...fields, ...(lacksBoth ? [either] : [])].map((names) => missingOf(activity, names));
}

/** Whether the error is about a required field, and not about the alternatives of `either`. */
const isRequired = ({ keyword, schemaPath }: ErrorObject) => keyword === 'required' && schemaPath === '#/required';

function missingOf({ name, term }: InvalidActivity, fields: readonly string[]): Violation {
  const { typeName } = { ...term.must, ...term.may }[fields[0]!]!;
  return { code: 'field-missing', field: fields[0]!, reason: `${name} requires ${fields.join(' or ')}, ${typeName}` };
}

function invalid({ name, term, properties }: InvalidActivity, pointer: string): Violation {
  const { path, typeName, value } = locate(pointer, { ...term.must, ...term.may }, properties);
  const reason = `${name}: ${path} must be ${typeName}, got ${describeValue(value)}`;
  return { code: 'field-invalid', field: path, reason, given: value };
}

/** Resolves the JSON pointer of an error, such as `/products/0/price`, to its path, its expected type and its value. */
function locate(pointer: string, fields: Fields, properties: Properties) {
  let node = { path: '', typeName: '', value: properties as unknown, fields: fields as Fields | undefined };
  for (const step of stepsOf(pointer)) {
    const { path, value: outer, fields: known } = node;
    const value = (outer as Record<string, unknown>)[step];
    if (Array.isArray(outer)) {
      node = { path: `${path}[${step}]`, typeName: known ? 'an object' : 'a string or number', value, fields: known };
    } else {
      const { typeName, fields: inner } = known![step]!;
      node = { path: path ? `${path}.${step}` : step, typeName, value, fields: inner };
    }
  }
  return node;
}

const stepsOf = (pointer: string) => pointer.split('/').slice(1);

function describeValue(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'a number beyond 2^53';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return describeText(value);
  return Array.isArray(value) ? 'an array' : 'an object';
}

function describeText(text: string): string {
  if (text.trim() === '') return 'an empty string';
  if (/^[+-]?\d+(?:[.,]\d+)?e\+\d+$/i.test(text.trim())) return 'scientific notation, whose last digits are lost';
  return text.includes('\ufffd') ? 'a string with the replacement character U+FFFD' : 'a string';
}

/** A copy without the values at these JSON pointers. */
function without(properties: Properties, pointers: readonly string[]): Properties {
  const copy = structuredClone(properties) as Record<string, unknown>;
  const lists = new Set<unknown[]>();
  for (const steps of pointers.map(stepsOf)) {
    const outer = steps.slice(0, -1).reduce<unknown>((inside, step) => (inside as Properties)[step], copy);
    delete (outer as Record<string, unknown>)[steps.at(-1)!];
    if (Array.isArray(outer)) lists.add(outer as unknown[]);
  }
  for (const list of lists) list.splice(0, list.length, ...list.filter((_, index) => index in list));
  return copy;
}
