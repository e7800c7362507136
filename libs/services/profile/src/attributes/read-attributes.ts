import { type AttributeName, attributeNames, type Attributes, isObject } from '@sestante/contracts';
import { isPersonal } from '../remove-personal-data.ts';
import { countryOf, languageOf } from './codes.ts';
import { labelOf, labelsOf } from './labels.ts';

type Traits = Readonly<Record<string, unknown>>;
/** The value of an attribute; null if the traits remove it, or say nothing that may leave the service. */
export type ReadAttribute = readonly [name: AttributeName, value: Attributes[AttributeName] | null];

/** The traits that can say each attribute, with dots for a field of an object. The first one that is given counts. */
const traitNames: Readonly<Record<AttributeName, readonly string[]>> = {
  country: ['country', 'country_code', 'countryCode', 'address.country', 'address.country_code', 'address.countryCode'],
  region: ['region', 'state', 'address.region', 'address.state'],
  language: ['language', 'locale'],
  birthDecade: [
    ...['birth_decade', 'birthDecade', 'birthday', 'birthdate', 'birth_date', 'birthDate'],
    ...['date_of_birth', 'dateOfBirth'],
  ],
  tier: ['tier', 'loyalty_tier', 'loyaltyTier'],
  tags: ['tags'],
};

const paths = Object.fromEntries(
  attributeNames.map((name) => [name, traitNames[name].map((path) => path.split('.'))]),
) as Record<AttributeName, string[][]>;

const readers: { readonly [Name in AttributeName]: (given: unknown, traits: Traits) => Attributes[Name] | undefined } =
  {
    country: countryOf,
    region: regionOf,
    language: languageOf,
    birthDecade: decadeOf,
    tier: (given, traits) => labelOf(given, personalWordsOf(traits)),
    tags: (given, traits) => labelsOf(given, personalWordsOf(traits)),
  };

/** The attributes that the traits of an activity set. What is no country, language, decade or label is not taken over: it may be about anything. */
export function readAttributes(traits: Traits): ReadAttribute[] {
  return attributeNames.flatMap((name): ReadAttribute[] => {
    const given = givenOf(traits, name);
    return given === undefined ? [] : [[name, readers[name](given, traits) ?? null]];
  });
}

function givenOf(traits: Traits, name: AttributeName): unknown {
  for (const [first, inside] of paths[name]) {
    const value = ownValue(traits, first!);
    const given = inside === undefined ? value : isObject(value) ? ownValue(value, inside) : undefined;
    if (given !== undefined) return given;
  }
  return undefined;
}

const ownValue = (object: Traits, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

const region = /^[A-Z\d]{1,3}$/;

/** An ISO 3166-2 code such as `IT-MI`. Without its country, that of the same traits. */
function regionOf(given: unknown, traits: Traits): string | undefined {
  if (typeof given !== 'string') return undefined;
  const [first = '', second, ...more] = given.trim().toUpperCase().split('-');
  const country = second === undefined ? countryOf(givenOf(traits, 'country')) : countryOf(first);
  const code = second ?? first;
  return country !== undefined && more.length === 0 && region.test(code) ? `${country}-${code}` : undefined;
}

const yearFirst = /^(\d{4})(?:s|-\d\d(?:-\d\d(?:T.*)?)?)?$/;

/** The first year of the decade of a year, an ISO 8601 date, or a decade such as `1980s`. */
function decadeOf(given: unknown): number | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const year = Number(yearFirst.exec(String(given).trim())?.[1]);
  return year >= 1880 && year < 2110 ? year - (year % 10) : undefined;
}

/** The words of names, addresses, mail addresses and phone numbers among the traits, in lower case: a label has none of them. */
function personalWordsOf(traits: Traits): ReadonlySet<string> {
  const texts = Object.entries(traits).filter(([name, value]) => typeof value === 'string' && isPersonal(name));
  return new Set(
    texts.flatMap(([, value]) =>
      String(value)
        .slice(0, 1_000)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    ),
  );
}
