/** A value in a JSON document, with its path and the list of the faults of the document. */
export interface JsonNode {
  /** Empty for the document itself. */
  readonly path: string;
  readonly value: unknown;
  readonly faults: string[];
}

/** Records a fault of the value of this node, or that the value is missing. */
export function addFaultOrMissing(node: JsonNode, text: string): void {
  addFault(node, isGiven(node) ? text : 'is missing');
}

/** Records a fault of this node. Reading continues, so that one pass finds every fault. */
export function addFault({ path, faults }: JsonNode, text: string): void {
  faults.push(`${path || 'document'}: ${text}`);
}

export function isGiven(node: JsonNode): boolean {
  return node.value !== undefined;
}

/**
 * The fields of the object, by name. An absent field is a node without a value. A field that is not in `names` is a fault,
 * because a misspelt condition must not be ignored.
 * If the node is not an object, that is the only fault: reading its fields adds no others.
 */
export function fieldsOf<Name extends string>(
  node: JsonNode,
  names: readonly Name[],
): Readonly<Record<Name, JsonNode>> {
  const entries = entriesOf(node);
  const known: ReadonlySet<string> = new Set(names);
  for (const [name, inside] of entries ?? []) {
    if (!known.has(name)) addFaultOrMissing(inside, 'is not a known field');
  }
  const found = new Map(entries);
  const absent = { ...node, value: undefined, faults: entries === undefined ? [] : node.faults };
  const fields = names.map((name) => [name, found.get(name) ?? { ...absent, path: pathTo(node, name) }]);
  return Object.fromEntries(fields) as Record<Name, JsonNode>;
}

/** Every field of the object, whatever its name. Adds a fault and returns undefined if the node is not an object. */
export function entriesOf(node: JsonNode): [name: string, inside: JsonNode][] | undefined {
  const { value, faults } = node;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    addFaultOrMissing(node, 'must be an object');
    return undefined;
  }
  return Object.entries(value).map(([name, inside]) => [name, { path: pathTo(node, name), value: inside, faults }]);
}

/** The items of the array. Adds a fault if it does not have 1 to 50 items. */
export function itemsOf(node: JsonNode): readonly JsonNode[] {
  const { path, value, faults } = node;
  if (!Array.isArray(value) || value.length < 1 || value.length > 50) {
    addFaultOrMissing(node, 'must be an array of 1 to 50 items');
    return [];
  }
  return Array.from(value, (item: unknown, index) => ({ path: `${path}[${index}]`, value: item, faults }));
}

function pathTo(node: JsonNode, name: string): string {
  return node.path === '' ? name : `${node.path}.${name}`;
}
