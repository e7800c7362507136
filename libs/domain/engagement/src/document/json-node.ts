/** A value in a JSON document, with its path and the list of the faults of the document. */
export interface JsonNode {
  /** Empty for the document itself. */
  readonly path: string;
  readonly value: unknown;
  readonly faults: string[];
}

/** Records a fault of this node. Reading continues, so that one pass finds every fault. */
export function addFault(node: JsonNode, text: string): void {
  node.faults.push(`${node.path || 'document'}: ${text}`);
}

export function isGiven(node: JsonNode): boolean {
  return node.value !== undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of the object, by name. An absent field is a node without a value. A field that is not in `names` is a fault.
 * If the node is not an object, that is the only fault: reading its fields adds no others.
 */
export function fieldsOf<Name extends string>(
  node: JsonNode,
  names: readonly Name[],
): Readonly<Record<Name, JsonNode>> {
  const object = isObject(node.value) ? node.value : undefined;
  if (object === undefined) addFault(node, isGiven(node) ? 'must be an object' : 'is missing');
  const faults = object === undefined ? [] : node.faults;
  const inside = (name: string): JsonNode => ({
    path: node.path === '' ? name : `${node.path}.${name}`,
    value: object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined,
    faults,
  });
  const known: readonly string[] = names;
  for (const name of Object.keys(object ?? {})) {
    if (!known.includes(name)) addFault(inside(name), 'is not a known field');
  }
  return Object.fromEntries(names.map((name) => [name, inside(name)])) as Record<Name, JsonNode>;
}

/** The items of the array. An empty array is a fault. */
export function itemsOf(node: JsonNode): readonly JsonNode[] {
  if (!Array.isArray(node.value)) {
    addFault(node, isGiven(node) ? 'must be an array' : 'is missing');
    return [];
  }
  if (node.value.length === 0) addFault(node, 'must not be empty');
  return Array.from(node.value, (value: unknown, index) => ({
    path: `${node.path}[${index}]`,
    value,
    faults: node.faults,
  }));
}
