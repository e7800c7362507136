/** Property names that hold direct identifiers, compared without case, spaces, hyphens and underscores. */
const personal = new Set(
  [
    'email',
    'emailaddress',
    'mail',
    'phone',
    'phonenumber',
    'mobile',
    'mobilenumber',
    'name',
    'fullname',
    'firstname',
    'lastname',
    'surname',
  ].concat([
    'username',
    'userid',
    'anonymousid',
    'loyaltycard',
    'address',
    'shippingaddress',
    'billingaddress',
    'street',
    'birthday',
    'birthdate',
    'ip',
  ]),
);
const looksLikeMail = /[^\s@]+@[^\s@]+\.[^\s@]+/;

/** Properties as later topics may carry them: without direct identifiers, whether they are named as such or look like a mail address. */
export function impersonal(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return keep(properties) as Record<string, unknown>;
}

function keep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keep);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (personal.has(key.toLowerCase().replaceAll(/[\s_-]/g, ''))) continue;
    if (typeof inner === 'string' && looksLikeMail.test(inner)) continue;
    kept[key] = keep(inner);
  }
  return kept;
}
