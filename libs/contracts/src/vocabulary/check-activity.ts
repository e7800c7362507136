import { Ajv, type ErrorObject } from 'ajv';
import type { Fields } from './field.ts';
import { schemaOf } from './json-schema.ts';
import { bareName, hintAt } from './misspelt.ts';
import { plainValues } from './plain-values.ts';
import type { Properties, Term } from './term.ts';
import { vocabulary } from './vocabulary.ts';

/** The properties as they are to be kept, or why the activity cannot be used. */
export type Checked =
  { readonly properties: Properties } | { readonly code: 'field-missing' | 'field-invalid'; readonly reason: string };

type Check = (given: Properties) => Checked;

const ajv = new Ajv({ strictTypes: false, allowUnionTypes: true });
/** Custom activities may be called as what every object has: a map has nothing but its own. */
const terms = new Map(Object.entries(vocabulary));
/** Made when they are first needed: a source sends few of the activities that there are. */
const checks = new Map<string, Check>();

/** Checks the properties of an activity against the vocabulary. A custom activity is taken as it is. */
export function checkActivity(name: string, given: Properties): Checked {
  const check = checks.get(name) ?? checkOf(name);
  return check ? check(given) : { properties: given };
}

function checkOf(name: string): Check | undefined {
  const term = terms.get(name);
  if (!term) return undefined;
  const plain = plainValues({ ...term.must, ...term.may });
  const validate = ajv.compile(schemaOf(term));
  const check: Check = (given) => {
    // Most are right as they come, and are read only once.
    if (validate(given)) return { properties: given };
    const properties = plain(given);
    return validate(properties) ? { properties } : faultIn(name, term, properties, validate.errors!.at(-1)!);
  };
  checks.set(name, check);
  return check;
}

function faultIn(name: string, term: Term, properties: Properties, error: ErrorObject): Checked {
  const fields = { ...term.must, ...term.may };
  if (error.instancePath !== '') {
    const { path, words, value } = placeOf(error.instancePath, fields, properties);
    return { code: 'field-invalid', reason: `${name}: ${path} must be ${words}, and is ${spoken(value)}` };
  }
  const missing = error.keyword === 'required' ? [error.params['missingProperty'] as string] : term.either!;
  const reason = `${name} needs ${missing.join(' or ')}, ${fields[missing[0]!]!.words}`;
  const hint = hintAt(properties, (bare) => missing.find((field) => bareName(field) === bare));
  return { code: 'field-missing', reason: reason + hint };
}

/** Where an error is, `/products/0/price`, in our words: the path, the type that is expected there, and what is there. */
function placeOf(pointer: string, fields: Fields, properties: Properties) {
  let place = { path: '', words: '', value: properties as unknown, fields: fields as Fields | undefined };
  for (const step of pointer.split('/').slice(1)) {
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

function spoken(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'a number beyond 2^53';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text';
  return Array.isArray(value) ? 'a list' : 'an object';
}
