import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../models/', import.meta.url);

/** The document of a version that is part of the software. */
export async function readModelFile(version: string): Promise<object> {
  return JSON.parse(await readFile(new URL(`${version}.json`, folder), 'utf8')) as object;
}

/** The versions that are part of the software: the names of the files in `models/`. */
export async function fileVersions(): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
