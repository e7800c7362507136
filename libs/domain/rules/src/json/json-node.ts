/** A value in a JSON document, with its place and the list of the faults of the document. */
export interface JsonNode {
  /** The path, for example `rules[3].signals[0].weight`. Empty for the document itself. */
  readonly path: string;
  /** Undefined if the document has no value there. */
  readonly value: unknown;
  readonly faults: Fault[];
}

/** What is wrong with a document, and where. */
export interface Fault {
  /** A path such as `rules[3].signals[0].weight`; `document` for the document itself. */
  readonly place: string;
  readonly message: string;
}

/** The root of a document, without faults. */
export function documentNode(value: unknown): JsonNode {
  return { path: '', value, faults: [] };
}

/** The most faults that are recorded of one document. */
export const mostFaults = 1_000;

/** Records a fault of the value, or that the value is missing. Reading continues, so that one pass finds every fault, up to `mostFaults`. */
export function addFault(node: JsonNode, message: string): void {
  if (node.faults.length < mostFaults)
    node.faults.push({ place: node.path || 'document', message: isGiven(node) ? message : 'is missing' });
}

export function isGiven(node: JsonNode): boolean {
  return node.value !== undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of the object, by name. An absent field is a node without a value. A field that is not in `names` is a fault, so that a misspelt
 * name is not ignored. If the node is not an object, that is the only fault: reading its fields adds no others.
 */
export function fieldsOf<Name extends string>(
  node: JsonNode,
  names: readonly Name[],
): Readonly<Record<Name, JsonNode>> {
  const entries = entriesOf(node);
  const known: ReadonlySet<string> = new Set(names);
  for (const [name, inside] of entries ?? []) if (!known.has(name)) addFault(inside, 'is not a known field');
  const given = new Map(entries);
  const faults = entries === undefined ? [] : node.faults;
  const fieldOf = (name: string) => given.get(name) ?? { path: placeOf(node, name), value: undefined, faults };
  return Object.fromEntries(names.map((name) => [name, fieldOf(name)])) as Record<Name, JsonNode>;
}

/** Every field of the object, whatever its name. Adds a fault and returns undefined if the node is not an object. */
export function entriesOf(node: JsonNode): [name: string, inside: JsonNode][] | undefined {
  const { value, faults } = node;
  if (!isObject(value)) {
    addFault(node, 'must be an object');
    return undefined;
  }
  // JSON has no `undefined`: such a field is absent.
  const given = Object.entries(value).filter(([, inside]) => inside !== undefined);
  return given.map(([name, inside]) => [name, { path: placeOf(node, name), value: inside, faults }]);
}

/** The items of the array. Adds a fault if it does not have 1 to `most` items, and then reads none. */
export function itemsOf(node: JsonNode, most: number): readonly JsonNode[] {
  const { path, value, faults } = node;
  if (!Array.isArray(value) || value.length < 1 || value.length > most) {
    addFault(node, `must be an array of 1 to ${most} items`);
    return [];
  }
  return Array.from(value, (item: unknown, index) => ({ path: `${path}[${index}]`, value: item, faults }));
}

const plainName = /^[\w-]+$/;
const longestName = 100;

/** The place of a field. A name with other characters than those of words is quoted, and a long one is cut. */
function placeOf({ path }: JsonNode, name: string): string {
  const shown = name.length > longestName ? `${name.slice(0, longestName)}…` : name;
  if (!plainName.test(shown)) return `${path}[${JSON.stringify(shown)}]`;
  return path === '' ? shown : `${path}.${shown}`;
}
