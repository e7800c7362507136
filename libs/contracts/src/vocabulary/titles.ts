import { vocabulary } from './vocabulary.ts';

/** Our names by titles and by themselves: as they are written, which is the quick way, and by their letters. */
const names = new Map(
  Object.entries(vocabulary).flatMap(([name, { titles }]) =>
    [name, ...titles].flatMap((title): [string, string][] => [
      [title, name],
      [lettersOf(title), name],
    ]),
  ),
);

/** Our name of the activity that a source calls by a title of the vocabulary, in any case and with any separators or none; undefined where it has none. */
export function nameOfTitle(title: string): string | undefined {
  return names.get(title) ?? names.get(lettersOf(title));
}

function lettersOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
