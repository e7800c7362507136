/** The traits that are names of a person. */
export const nameTraits: readonly string[] = ['name', 'first_name', 'firstName', 'last_name', 'lastName'];

/** In characters (code points). The beginning of a name is not longer. */
export const maxSearchLength = 100;
/** In code units. A longer text is cut first, so that its length does not matter. */
const maxRead = 4 * maxSearchLength;

/** Letters that Unicode does not take apart into a letter and an accent. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ς: 'σ' },
};
const withPlainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');
/** Accents, apostrophes, and characters that cannot be seen. */
const ignored = /[\u0300-\u036f\p{C}'’‘ʼ`´]/gu;
const separators = /[\p{P}\p{S}\p{Z}]+/gu;

/** A name as names are compared: without case, accents and punctuation. Two names that begin alike also do so here. */
export function searchableName(name: string): string {
  const plain = name
    .slice(0, maxRead)
    .replaceAll(/[\t\r\n]/g, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(ignored, '')
    .replaceAll(withPlainLetter, (letter) => plainLetters[letter]!)
    .replaceAll(separators, ' ')
    .trim();
  return [...plain].slice(0, maxSearchLength).join('');
}
