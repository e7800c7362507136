import { bareName, isObject, numberIn, booleanIn } from '@sestante/contracts';
import { beginningOf } from '../../judge/beginning-of.ts';
import { cleanText } from '../../judge/clean.ts';
import type { Faults } from './faults.ts';

export type Label = string | number;

/** The keys under which converters from XML put the attributes and the text of an element. */
const attributes = ['$', '_attributes', '@attributes'];
const texts = ['#text', '_', '_text', '$t', '$', 'value', 'Value'];
const longestGiven = 256;

/** A node of a receipt, with its path. Its methods read the value as an expected type; another type is added to the faults. */
export class ReceiptNode {
  private names: ReadonlyMap<string, unknown> | undefined;

  constructor(
    readonly value: unknown,
    readonly path: string,
    readonly faults: Faults,
  ) {}

  /** Null and blank texts count as missing. */
  get isMissing(): boolean {
    return isBlank(this.value);
  }

  /** A member of an object, in any case, also as an XML attribute. It is missing if this is no object. */
  at(name: string): ReceiptNode {
    const value = isObject(this.value) ? this.named(this.value, name) : undefined;
    return new ReceiptNode(value, this.path ? `${this.path}.${name}` : name, this.faults);
  }

  /** The first of these members that is not missing. */
  firstOf(...names: readonly string[]): ReceiptNode {
    const parts = names.map((name) => this.at(name));
    return parts.find(({ isMissing }) => !isMissing) ?? parts[0]!;
  }

  /** The items of a list. Converters from XML write a list of one as that item. */
  many(): readonly ReceiptNode[] {
    if (this.isMissing) return [];
    if (!Array.isArray(this.value)) return [this];
    return this.value.map((one, index) => new ReceiptNode(one, `${this.path}[${index}]`, this.faults));
  }

  /** Whether it is an object, as expected. */
  isObject(): boolean {
    if (isObject(this.value)) return true;
    if (!this.isMissing) this.addTypeFault('an object');
    return false;
  }

  label(): Label | undefined {
    const { text } = this;
    if (isBlank(text)) return undefined;
    if (typeof text === 'string' || Number.isFinite(text)) return text as Label;
    return this.addTypeFault('a text or number');
  }

  amount(): number | undefined {
    const { text } = this;
    if (isBlank(text)) return undefined;
    const amount = typeof text === 'string' ? numberIn(text) : text;
    if (typeof amount === 'number' && Math.abs(amount) <= Number.MAX_SAFE_INTEGER) return amount;
    return this.addTypeFault('a number');
  }

  flag(): boolean | undefined {
    const { text } = this;
    if (isBlank(text)) return undefined;
    const truth = booleanIn(text);
    return typeof truth === 'boolean' ? truth : this.addTypeFault('true or false');
  }

  /** Adds the fault that the value is not of the expected type. */
  addTypeFault(words: string): undefined {
    const { text } = this;
    const isPlain = typeof text !== 'object';
    const given = typeof text === 'string' ? cleanText(beginningOf(text, longestGiven)) : text;
    const reason = `${this.path} must be ${words}, got ${describe(this.value)}`;
    this.faults.add({ code: 'field-invalid', field: this.path, reason, ...(isPlain && { given }) });
  }

  /** The value, also if XML attributes are next to it. */
  get text(): unknown {
    const { value } = this;
    if (!isObject(value)) return value;
    const key = texts.find((name) => Object.hasOwn(value, name) && typeof value[name] !== 'object');
    return key === undefined ? value : value[key];
  }

  private named(object: Readonly<Record<string, unknown>>, name: string): unknown {
    readNames.add(name);
    if (Object.hasOwn(object, name)) return object[name];
    this.names ??= namesOf(object);
    return this.names.get(bareOf(name));
  }
}

/** The names that were read so far. An object with these names only has no member in another spelling. */
const readNames = new Set<string>();
const none: ReadonlyMap<string, unknown> = new Map();

function namesOf(object: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  if (Object.keys(object).every((name) => readNames.has(name))) return none;
  const names = new Map<string, unknown>();
  for (const inside of [object, ...attributes.map((name) => object[name]).filter(isObject)])
    for (const [name, value] of Object.entries(inside)) {
      const bare = bareOf(name);
      if (!names.has(bare)) names.set(bare, value);
    }
  return names;
}

/** A cache: tills use few names, and normalising a name costs more than all the rest. */
const mostRemembered = 1_000;
const bareNames = new Map<string, string>();

function bareOf(name: string): string {
  const cached = bareNames.get(name);
  if (cached !== undefined) return cached;
  const bare = bareName(name.replace(/^@/, ''));
  if (bareNames.size < mostRemembered && name.length <= longestGiven) bareNames.set(name, bare);
  return bare;
}

const isBlank = (text: unknown) =>
  text === undefined || text === null || (typeof text === 'string' && text.trim() === '');

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text that is not one' : String(value);
}
