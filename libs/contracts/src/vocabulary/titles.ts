import { vocabulary } from './vocabulary.ts';

/** Activity names by name and by title: as written, which is the fast path, and by their letters. */
const names = new Map<string, string>();
for (const [name, { titles }] of Object.entries(vocabulary))
  for (const title of [name, ...titles, ...titles.map(actionFirst)])
    for (const spelling of [title, lettersOf(title)]) if (!names.has(spelling)) names.set(spelling, name);

/** The activity name of a title in any case and with any separators; undefined if the vocabulary does not have the title. */
export function nameOfTitle(title: string): string | undefined {
  return names.get(title) ?? names.get(lettersOf(title));
}

function lettersOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** `Completed Order`, as in Segment's first specification and others. */
function actionFirst(title: string): string {
  const words = title.split(' ');
  return [words.at(-1), ...words.slice(0, -1)].join(' ');
}
