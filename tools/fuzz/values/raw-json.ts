const mark = '\ue000';
const marked = new RegExp(`"${mark}([^${mark}]*)${mark}"`, 'g');

/** A value that stands in JSON as this text, such as `1e999`, which no value of ours becomes. */
export function rawJson(text: string): string {
  return mark + text + mark;
}

/** JSON, with the raw texts in it as they are. */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.replaceAll(marked, (_, text: string) => JSON.parse(`"${text}"`) as string);
}
