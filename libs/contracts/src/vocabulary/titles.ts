import { vocabulary } from './vocabulary.ts';

/** Our names by titles and by themselves: as they are written, which is the quick way, and by their letters. */
const names = new Map<string, string>();
for (const [name, { titles }] of Object.entries(vocabulary))
  for (const title of [name, ...titles, ...titles.map(actionFirst)])
    for (const spelt of [title, lettersOf(title)]) if (!names.has(spelt)) names.set(spelt, name);

/** Our name of the activity that a source calls by a title of the vocabulary, in any case and with any separators or none; undefined where it has none. */
export function nameOfTitle(title: string): string | undefined {
  return names.get(title) ?? names.get(lettersOf(title));
}

function lettersOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** `Completed Order`, as Segment's first specification and others have it. */
function actionFirst(title: string): string {
  const words = title.split(' ');
  return [words.at(-1), ...words.slice(0, -1)].join(' ');
}
