/**
 * What a line of an import is known by whenever and however the file comes, and the id of an event that has none of its own. In a file that was
 * mended, line 7 may be another one than it was.
 */
export function lineIdOf(importId: string, line: number | '%', revision = 1): string {
  return `import-${importId.toLowerCase()}-${revision > 1 ? `${revision}-` : ''}${line}`;
}
