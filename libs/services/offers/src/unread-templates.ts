import { isDeepStrictEqual } from 'node:util';

/** A template of the file, or a stored one. */
interface Entry {
  readonly template: string;
  readonly version: number;
  readonly document: object;
}

/** The templates of the file that have no effect, as `name/version`: the file is read only into an empty database. */
export interface UnreadTemplates {
  readonly missing: readonly string[];
  /** Their version is stored with another document. */
  readonly changed: readonly string[];
}

export function unreadTemplates(ofFile: readonly Entry[], stored: readonly Entry[]): UnreadTemplates {
  const documents = new Map(stored.map((entry) => [nameOf(entry), entry.document]));
  const missing = ofFile.filter((entry) => !documents.has(nameOf(entry)));
  const changed = ofFile.filter((entry) => {
    const document = documents.get(nameOf(entry));
    return document !== undefined && !isDeepStrictEqual(document, entry.document);
  });
  return { missing: missing.map(nameOf), changed: changed.map(nameOf) };
}

const nameOf = ({ template, version }: Entry) => `${template}/${version}`;
