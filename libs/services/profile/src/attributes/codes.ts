const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const longestName = 60;
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The codes of countries by their names in English, German and Italian, in lower case. Made when it is needed first. */
let codesByName: ReadonlyMap<string, string> | undefined;

function codeNamed(name: string): string | undefined {
  codesByName ??= new Map(
    ['en', 'de', 'it'].flatMap((language) => {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      const codes = letters.flatMap((first) => letters.map((second) => canonical(first + second)));
      return codes.flatMap((code) => {
        const named = isCountry(code) ? names.of(code) : undefined;
        return named === undefined ? [] : [[named.toLowerCase(), code] as const];
      });
    }),
  );
  return codesByName.get(name.toLowerCase());
}

/** The ISO 3166-1 alpha-2 code of a country that is given by its code, or by its name in English, German or Italian; undefined for anything else. */
export function countryOf(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > longestName) return undefined;
  const text = given.trim();
  if (!/^[a-z]{2}$/i.test(text)) return codeNamed(text);
  const code = canonical(text.toUpperCase());
  return isCountry(code) ? code : undefined;
}

/** The present code for a former one: `GB` for `UK`. */
const canonical = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;

/** Codes that Unicode has for other things than countries. */
const others = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
const isCountry = (code: string): boolean => !others.has(code) && regionNames.of(code) !== undefined;

const tag = /^([a-z]{2,3})(?:[-_][a-z\d]{2,8}){0,4}$/i;

/** The language of a BCP 47 tag or a locale, without script and country: `it` for `it-IT` and `it_IT`; undefined for anything else. */
export function languageOf(given: unknown): string | undefined {
  const language = typeof given === 'string' ? tag.exec(given.trim())?.[1]?.toLowerCase() : undefined;
  return language !== undefined && languageNames.of(language) !== undefined ? language : undefined;
}
