const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const longestName = 60;
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Codes that Unicode has for other things than countries. */
const others = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** The present code of each country by its present and former codes: `GB` for `GB` and `UK`. */
const countryCodes: ReadonlyMap<string, string> = new Map(
  letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const present = new Intl.Locale(`und-${code}`).region ?? code;
      return others.has(present) || regionNames.of(present) === undefined ? [] : [[code, present] as const];
    }),
);

/** The codes of countries by their names in English, German and Italian, in lower case. */
const codesByName: ReadonlyMap<string, string> = new Map(
  ['en', 'de', 'it'].flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    return [...new Set(countryCodes.values())].map((code) => [names.of(code)!.toLowerCase(), code] as const);
  }),
);

/** The ISO 3166-1 alpha-2 code of a country that is given by its code, or by its name in English, German or Italian; undefined for anything else. */
export function countryOf(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > longestName) return undefined;
  const text = given.trim();
  return text.length === 2 ? countryCodes.get(text.toUpperCase()) : codesByName.get(text.toLowerCase());
}

const tag = /^([a-z]{2,3})(?:[-_][a-z\d]{2,8}){0,4}$/i;
/** Whether a code of two or three letters is one of a language: there are at most 18,252. */
const isLanguage = new Map<string, boolean>();

/** The language of a BCP 47 tag or a locale, without script and country: `it` for `it-IT` and `it_IT`; undefined for anything else. */
export function languageOf(given: unknown): string | undefined {
  const language = typeof given === 'string' ? tag.exec(given.trim())?.[1]?.toLowerCase() : undefined;
  if (language === undefined) return undefined;
  let isKnown = isLanguage.get(language);
  if (isKnown === undefined) isLanguage.set(language, (isKnown = languageNames.of(language) !== undefined));
  return isKnown ? language : undefined;
}
