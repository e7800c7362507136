/** The part of JSON Schema that our contracts use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

/** Keywords that only explain. */
const silent = new Set(['description', 'title', 'examples', '$id', 'properties', 'required', 'items', 'anyOf']);

/**
 * What makes `next` incompatible with the published schema, one sentence each; empty when it may be published under the same version.
 * Only additions are allowed, and only optional ones: old messages stay valid for new readers (they may lie in the log for days), and
 * old readers understand new messages (services are not deployed at the same moment).
 */
export function incompatibilities(published: Schema, next: Schema, path = '$'): string[] {
  return [
    ...changedKeywords(published, next, path),
    ...changedProperties(published, next, path),
    ...changedAlternatives(published, next, path),
    ...(published.items && next.items ? incompatibilities(published.items, next.items, `${path}[]`) : []),
  ];
}

function changedKeywords(published: Schema, next: Schema, path: string): string[] {
  const keywords = new Set([...Object.keys(published), ...Object.keys(next)].filter((keyword) => !silent.has(keyword)));
  return [...keywords]
    .filter((keyword) => JSON.stringify(published[keyword]) !== JSON.stringify(next[keyword]))
    .map(
      (keyword) =>
        `${path}: ${keyword} changed from ${JSON.stringify(published[keyword])} to ${JSON.stringify(next[keyword])}`,
    );
}

function changedProperties(published: Schema, next: Schema, path: string): string[] {
  const [before, after] = [published.properties ?? {}, next.properties ?? {}];
  const required = { before: new Set(published.required), after: new Set(next.required) };
  return [
    ...[...required.after]
      .filter((name) => !required.before.has(name))
      .map((name) => `${path}.${name}: became required`),
    ...[...required.before]
      .filter((name) => name in after && !required.after.has(name))
      .map((name) => `${path}.${name}: became optional`),
    ...Object.entries(before).flatMap(([name, schema]) =>
      after[name] ? incompatibilities(schema, after[name], `${path}.${name}`) : [`${path}.${name}: was removed`],
    ),
  ];
}

function changedAlternatives(published: Schema, next: Schema, path: string): string[] {
  if (JSON.stringify(withoutWords(published.anyOf)) === JSON.stringify(withoutWords(next.anyOf))) return [];
  return [`${path}: its alternatives changed`];
}

function withoutWords(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (key, inner: unknown) =>
    key === 'description' ? undefined : inner,
  );
}
