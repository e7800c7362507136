/** `./en/system.json` has the words of the page `system`. */
export const byPage = (files: Readonly<Record<string, object>>): Readonly<Record<string, object>> =>
  Object.fromEntries(Object.entries(files).map(([path, texts]) => [/([\w-]+)\.json$/.exec(path)![1]!, texts]));
