const mark = '\ue000';
const marked = new RegExp(`"${mark}([^${mark}]*)${mark}"`, 'g');

/** A value that `jsonOf` writes as this text, such as `1e999`, which JSON.stringify cannot produce. */
export function rawJson(text: string): string {
  return mark + text + mark;
}

/** JSON with the raw texts unchanged. */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.replaceAll(marked, (_, text: string) => JSON.parse(`"${text}"`) as string);
}
