/**
 * The stable id of a line of an import: it is the same for each upload of the file. It is also the message id of an event that has none. In a
 * corrected file, line 7 may be a different line than before, so the id contains the revision.
 */
export function lineIdOf(importId: string, line: number | '%', revision = 1): string {
  return `import-${importId.toLowerCase()}-${revision > 1 ? `${revision}-` : ''}${line}`;
}
