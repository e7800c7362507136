import { bareName, isObject, numberIn, booleanIn } from '@sestante/contracts';
import { beginningOf } from '../../judge/beginning-of.ts';
import { cleanText } from '../../judge/clean.ts';
import type { Faults } from './faults.ts';

export type Label = string | number;

/** Where converters from XML put an element's attributes, and its text beside them. */
const attributes = ['$', '_attributes', '@attributes'];
const texts = ['#text', '_', '_text', '$t', '$', 'value', 'Value'];
const longestGiven = 256;

/** A place in a receipt: what stands there is read as what is expected, and noted where it is something else. */
export class Part {
  private names: ReadonlyMap<string, unknown> | undefined;

  constructor(
    readonly value: unknown,
    readonly path: string,
    readonly faults: Faults,
  ) {}

  /** Null and blank texts say nothing. */
  get isMissing(): boolean {
    return isBlank(this.value);
  }

  /** A part of an object, in any case and also as an attribute. It is missing where there is no object. */
  at(name: string): Part {
    const value = isObject(this.value) ? this.named(this.value, name) : undefined;
    return new Part(value, this.path ? `${this.path}.${name}` : name, this.faults);
  }

  /** The first of these that is there. */
  firstOf(...names: readonly string[]): Part {
    const parts = names.map((name) => this.at(name));
    return parts.find(({ isMissing }) => !isMissing) ?? parts[0]!;
  }

  /** Each of a list. Who writes XML turns a list of one into that one. */
  many(): readonly Part[] {
    if (this.isMissing) return [];
    if (!Array.isArray(this.value)) return [this];
    return this.value.map((one, index) => new Part(one, `${this.path}[${index}]`, this.faults));
  }

  /** Whether it is an object, as it should be. */
  isObject(): boolean {
    if (isObject(this.value)) return true;
    if (!this.isMissing) this.noteUnlike('an object');
    return false;
  }

  label(): Label | undefined {
    const { text } = this;
    if (isBlank(text)) return undefined;
    if (typeof text === 'string' || Number.isFinite(text)) return text as Label;
    return this.noteUnlike('a text or number');
  }

  amount(): number | undefined {
    const { text } = this;
    if (isBlank(text)) return undefined;
    const amount = typeof text === 'string' ? numberIn(text) : text;
    if (typeof amount === 'number' && Math.abs(amount) <= Number.MAX_SAFE_INTEGER) return amount;
    return this.noteUnlike('a number');
  }

  flag(): boolean | undefined {
    const { text } = this;
    if (isBlank(text)) return undefined;
    const truth = booleanIn(text);
    return typeof truth === 'boolean' ? truth : this.noteUnlike('true or false');
  }

  /** Notes that it is not what it should be. */
  noteUnlike(words: string): undefined {
    const { text } = this;
    const isPlain = typeof text !== 'object';
    const given = typeof text === 'string' ? cleanText(beginningOf(text, longestGiven)) : text;
    const reason = `${this.path} must be ${words}, and is ${spoken(this.value)}`;
    this.faults.add({ code: 'field-invalid', field: this.path, reason, ...(isPlain && { given }) });
  }

  /** What stands there, alone or beside its attributes. */
  get text(): unknown {
    const { value } = this;
    if (!isObject(value)) return value;
    const key = texts.find((name) => Object.hasOwn(value, name) && typeof value[name] !== 'object');
    return key === undefined ? value : value[key];
  }

  private named(object: Readonly<Record<string, unknown>>, name: string): unknown {
    asked.add(name);
    if (Object.hasOwn(object, name)) return object[name];
    this.names ??= namesOf(object);
    return this.names.get(bareOf(name));
  }
}

/** The names that parts have. Where an object has no others, none of them can be meant by another. */
const asked = new Set<string>();
const none: ReadonlyMap<string, unknown> = new Map();

function namesOf(object: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  if (Object.keys(object).every((name) => asked.has(name))) return none;
  const names = new Map<string, unknown>();
  for (const inside of [object, ...attributes.map((name) => object[name]).filter(isObject)])
    for (const [name, value] of Object.entries(inside)) {
      const bare = bareOf(name);
      if (!names.has(bare)) names.set(bare, value);
    }
  return names;
}

/** Tills have few names, and to write one without its marks costs more than all the rest. */
const mostRemembered = 1_000;
const bareNames = new Map<string, string>();

function bareOf(name: string): string {
  const known = bareNames.get(name);
  if (known !== undefined) return known;
  const bare = bareName(name.replace(/^@/, ''));
  if (bareNames.size < mostRemembered && name.length <= longestGiven) bareNames.set(name, bare);
  return bare;
}

const isBlank = (text: unknown) =>
  text === undefined || text === null || (typeof text === 'string' && text.trim() === '');

function spoken(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'another text' : String(value);
}
