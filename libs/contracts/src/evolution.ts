/** The part of JSON Schema that the contracts use. */
interface Schema {
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

/** Keywords without effect on validation. */
const annotations = new Set(['$id', 'title', 'description', 'examples']);
/** Keywords that contain schemas or property names: each has its own rule. */
const structure = new Set(['anyOf', 'properties', 'patternProperties', 'required', 'items']);

/**
 * The incompatibilities of `next` with the published schema, one sentence each; empty if it may be published under the same version.
 * Only optional additions are allowed. Old messages must stay valid for new readers, because they may be in the log for days. Old
 * readers must understand new messages, because services are not deployed at the same time.
 */
export function incompatibilities(published: object, next: object): string[] {
  return changes(published as Schema, next as Schema, '$');
}

function changes(published: Schema, next: Schema, path: string): string[] {
  return [
    ...changedKeywords(published, next, path),
    ...changedRequired(published, next, path),
    ...changedProperties(published, next, path),
    ...changedMapValues(published, next, path),
    ...changedItems(published.items, next.items, path),
    ...changedAlternatives(published, next, path),
  ];
}

function changedKeywords(published: Schema, next: Schema, path: string): string[] {
  const keywords = [...new Set([...Object.keys(published), ...Object.keys(next)])];
  const [before, after] = [published, next].map((schema) => (keyword: string) => JSON.stringify(schema[keyword]));
  return keywords
    .filter((keyword) => !annotations.has(keyword) && !structure.has(keyword) && before!(keyword) !== after!(keyword))
    .map((keyword) => `${path}: ${keyword} changed from ${before!(keyword)} to ${after!(keyword)}`);
}

function changedRequired(published: Schema, next: Schema, path: string): string[] {
  const [before, after] = [new Set(published.required), new Set(next.required)];
  const added = [...after].filter((name) => !before.has(name));
  const dropped = [...before].filter((name) => !after.has(name) && Object.hasOwn(next.properties ?? {}, name));
  return [
    ...added.map((name) => `${path}.${name}: became required`),
    ...dropped.map((name) => `${path}.${name}: became optional`),
  ];
}

function changedProperties(published: Schema, next: Schema, path: string): string[] {
  const [before, after] = [published.properties ?? {}, next.properties ?? {}];
  const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  return [
    ...Object.entries(before).flatMap(([name, schema]) =>
      Object.hasOwn(after, name) ? changes(schema, after[name]!, `${path}.${name}`) : [`${path}.${name}: was removed`],
    ),
    ...(published['additionalProperties'] === false ? added : []).map(
      (name) => `${path}.${name}: was added, but old readers accept no other fields`,
    ),
  ];
}

function changedMapValues(published: Schema, next: Schema, path: string): string[] {
  const [before, after] = [published.patternProperties ?? {}, next.patternProperties ?? {}];
  if (Object.keys(before).join() !== Object.keys(after).join()) return [`${path}: the keys of the map changed`];
  return Object.entries(before).flatMap(([keys, schema]) => changes(schema, after[keys]!, `${path}.*`));
}

function changedItems(before: Schema | undefined, after: Schema | undefined, path: string): string[] {
  if (before && after) return changes(before, after, `${path}[]`);
  if (before) return [`${path}: items were removed`];
  return after ? [`${path}: items were added`] : [];
}

function changedAlternatives({ anyOf: before = [] }: Schema, { anyOf: after = [] }: Schema, path: string): string[] {
  const isSame = before.map(meaningOf).sort().join() === after.map(meaningOf).sort().join();
  return isSame ? [] : [`${path}: the alternatives changed`];
}

/** A text that is equal for schemas that allow the same values, whatever their annotations and order. */
function meaningOf({
  anyOf = [],
  properties = {},
  patternProperties = {},
  required = [],
  items,
  ...keywords
}: Schema): string {
  const named = (schemas: Readonly<Record<string, Schema>>) =>
    Object.entries(schemas).map(([name, schema]) => ['property', name, meaningOf(schema)]);
  const meant = [
    ...Object.entries(keywords).filter(([keyword]) => !annotations.has(keyword)),
    ...required.map((name) => ['required', name]),
    ...named(properties),
    ...named(patternProperties),
    ...anyOf.map((schema) => ['or', meaningOf(schema)]),
    ...(items ? [['items', meaningOf(items)]] : []),
  ];
  return JSON.stringify(meant.map((part) => JSON.stringify(part)).sort());
}
