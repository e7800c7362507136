/** A file as JSON text, piece by piece: the only item of an object, null without one; or the list of all items, each on lines of its own. */
export async function* jsonText(items: AsyncIterable<unknown>, isObject: boolean): AsyncGenerator<string> {
  if (isObject) {
    for await (const item of items) return yield pretty(item);
    return yield 'null';
  }
  let isFirst = true;
  for await (const item of items) {
    yield isFirst ? '[\n' : ',\n';
    yield pretty(item);
    isFirst = false;
  }
  yield isFirst ? '[]' : '\n]';
}

const pretty = (item: unknown) => JSON.stringify(item, null, 2);
