import { ValidateBy } from 'class-validator';

/**
 * Whether a browser may send this as the `Origin` of a page: scheme, host, and the port where it is not the usual one. Apps in a web view have
 * schemes of their own, such as `capacitor://localhost`.
 */
export function isOrigin(text: unknown): boolean {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  if (protocol === 'http:' || protocol === 'https:') return origin === text && !text.includes('*');
  return /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(text) && protocol !== 'file:';
}

/** A list of exact origins. */
export const AreOrigins = () =>
  ValidateBy({
    name: 'areOrigins',
    validator: {
      validate: (list) => Array.isArray(list) && list.every(isOrigin),
      defaultMessage: (args) => {
        const faults = [args?.value].flat().filter((origin) => !isOrigin(origin));
        return `${args?.property} must be exact origins such as https://shop.example, separated by commas, without path, wildcard or usual port; ${faults.map((fault) => JSON.stringify(fault)).join(', ')} cannot be used`;
      },
    },
  });
