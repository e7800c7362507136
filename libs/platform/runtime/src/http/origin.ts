import { ValidateBy } from 'class-validator';

/**
 * Whether a browser may send this as the `Origin` of a page: scheme, host, and the port unless it is the default. Apps in a web view use their
 * own schemes, such as `capacitor://localhost`.
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
        return `${args?.property} must be exact origins such as https://shop.example, separated by commas, without path, wildcard or default port; got ${faults.map((fault) => JSON.stringify(fault)).join(', ')}`;
      },
    },
  });
