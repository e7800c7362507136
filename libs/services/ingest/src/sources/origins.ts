/** An allowed origin: `https://shop.example`, with a port if it is not the default; `https://*.shop.example` for all subdomains; or `*` for any origin. */
export const originPattern = /^(\*|[a-z][a-z0-9+.-]*:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)$/;

/** Whether a page of this origin may use the browser keys of a source. */
export function allows(origins: readonly string[], origin: string): boolean {
  return origins.some((allowed) => allowed === '*' || allowed === origin || isBelow(origin, allowed));
}

function isBelow(origin: string, allowed: string): boolean {
  const [scheme, domain] = allowed.split('*');
  return domain !== undefined && origin.startsWith(scheme!) && origin.endsWith(domain);
}
