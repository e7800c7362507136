import type { ErrorObject } from 'ajv';
import type { Fields } from './field.ts';
import type { Properties, Term } from './term.ts';
import type { CheckedActivity, Violation } from './violation.ts';

/** So many violations of one event are told. All that is of another type is left out, however much. */
export const mostViolations = 20;

interface Faulty {
  readonly name: string;
  readonly term: Term;
  readonly properties: Properties;
}

/** The properties without what is of another type, and what was wrong. An order is not lost for the picture of one of its products. */
export function removeFaults(faulty: Faulty, errors: readonly ErrorObject[]): CheckedActivity {
  const pointers = [...new Set(errors.map(({ instancePath }) => instancePath))].filter((pointer) => pointer !== '');
  // What lies inside of something that goes, goes with it.
  const outermost = pointers.filter((pointer) => !pointers.some((other) => pointer.startsWith(`${other}/`)));
  const violations = [...missing(faulty, errors), ...outermost.map((pointer) => invalid(faulty, pointer))];
  return { properties: without(faulty.properties, outermost), violations: violations.slice(0, mostViolations) };
}

function missing(faulty: Faulty, errors: readonly ErrorObject[]): Violation[] {
  const { either } = faulty.term;
  const ofOwn = errors.filter(({ instancePath }) => instancePath === '');
  const fields = ofOwn.filter(isRequired).map(({ params }) => [params['missingProperty'] as string]);
  const isNeitherThere = either !== undefined && ofOwn.some(({ keyword }) => keyword === 'anyOf');
  return [...fields, ...(isNeitherThere ? [either] : [])].map((names) => missingOf(faulty, names));
}

/** One of the fields that must be there, and not of those of which one must. */
const isRequired = ({ keyword, schemaPath }: ErrorObject) => keyword === 'required' && schemaPath === '#/required';

function missingOf({ name, term }: Faulty, fields: readonly string[]): Violation {
  const { words } = { ...term.must, ...term.may }[fields[0]!]!;
  return { code: 'field-missing', field: fields[0]!, reason: `${name} needs ${fields.join(' or ')}, ${words}` };
}

function invalid({ name, term, properties }: Faulty, pointer: string): Violation {
  const { path, words, value } = placeOf(pointer, { ...term.must, ...term.may }, properties);
  const reason = `${name}: ${path} must be ${words}, and is ${spoken(value)}`;
  return { code: 'field-invalid', field: path, reason, given: value };
}

/** Where an error is, `/products/0/price`, in our words: the path, the type that is expected there, and what is there. */
function placeOf(pointer: string, fields: Fields, properties: Properties) {
  let place = { path: '', words: '', value: properties as unknown, fields: fields as Fields | undefined };
  for (const step of stepsOf(pointer)) {
    const { path, value: outer, fields: known } = place;
    const value = (outer as Record<string, unknown>)[step];
    if (Array.isArray(outer)) {
      place = { path: `${path}[${step}]`, words: known ? 'an object' : 'a text or number', value, fields: known };
    } else {
      const { words, fields: inner } = known![step]!;
      place = { path: path ? `${path}.${step}` : step, words, value, fields: inner };
    }
  }
  return place;
}

const stepsOf = (pointer: string) => pointer.split('/').slice(1);

function spoken(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'a number beyond 2^53';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textSpoken(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function textSpoken(text: string): string {
  if (text.trim() === '') return 'an empty text';
  if (/^[+-]?\d+(?:[.,]\d+)?e\+\d+$/i.test(text.trim())) return 'in scientific notation, which has lost digits';
  return text.includes('\ufffd') ? 'a text with bytes in it that were no characters' : 'a text';
}

/** A copy without what lies at these places. */
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
