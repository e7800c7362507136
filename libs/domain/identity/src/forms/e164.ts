import { type CountryCode, isSupportedCountry, parsePhoneNumber } from 'libphonenumber-js/max';

/**
 * A phone number of `phoneForm` as E.164 (`+393351234567`), with its extension, if it is valid; otherwise as it is. A number without a country code is one of the
 * country.
 *
 * @param country ISO 3166-1 alpha-2; undefined if it is not known
 */
export function e164Form(phone: string, country: string | undefined): string {
  const [number = '', ...extension] = phone.split(';');
  if (!number.startsWith('+') && (country === undefined || !isSupportedCountry(country))) return phone;
  const valid = validNumber(number, country as CountryCode) ?? validNumber(withoutZero(number), country as CountryCode);
  return valid === undefined ? phone : [valid, ...extension].join(';');
}

/** The zero that was dialled before a number, in countries that no longer use it (0335 in Italy). */
const withoutZero = (number: string) => number.replace(/^0/, '');

function validNumber(number: string, country: CountryCode): string | undefined {
  try {
    const parsed = parsePhoneNumber(number, country);
    return parsed.isValid() ? parsed.number : undefined;
  } catch {
    return undefined;
  }
}
