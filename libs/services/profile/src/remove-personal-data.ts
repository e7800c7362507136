/** Names of properties with direct identifiers or free text about a person. They are compared in lower case, without spaces, hyphens, dots and underscores. */
const names = new Set(['name', 'ip', 'dob', 'tel', 'note', 'notes']);
const endings =
  /(?:mail|mailaddress|phone|phonenumber|mobile|mobilenumber|address|street|surname|birthday|birthdate|dateofbirth)$|(?:first|last|middle|full|given|family|user|nick|customer|contact|recipient|sender|holder)name$|(?:user|anonymous|device)id$|loyaltycard(?:number|id)?$/;
/** The `@` of a mail address and its surroundings. The pattern looks back one character only, so that it reads any text in one pass. */
const mailAddress = /[^\s@]@[^\s@]+\.[^\s@]/;
/** An international phone number: a `+`, then 8 to 15 digits with the usual characters between them. */
const phoneNumber = /\+\d(?:[\s().\-/]{0,2}\d){7,14}/;

/**
 * The properties without direct identifiers, as later topics may carry them. Removes properties with the name of an identifier, and texts that look
 * like a mail address or an international phone number.
 */
export function removePersonalData(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return cleanObject(properties);
}

function cleanValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !looksPersonal(item)).map(cleanValue);
  return typeof value === 'object' && value !== null ? cleanObject(value) : value;
}

function cleanObject(object: object): Record<string, unknown> {
  const impersonal = Object.entries(object).filter(([name, value]) => !isPersonal(name) && !looksPersonal(value));
  return Object.fromEntries(impersonal.map(([name, value]) => [name, cleanValue(value)]));
}

/** A cache: this runs for every property of every activity, and most names repeat. It is bounded, because sources choose the names. */
const isPersonalByName = new Map<string, boolean>();
const maxCachedNames = 10_000;
const maxCachedNameLength = 64;

/** Whether a property with the name is a direct identifier, or free text about a person. */
export function isPersonal(name: string): boolean {
  const cached = isPersonalByName.get(name);
  if (cached !== undefined) return cached;
  const result = isPersonalName(name);
  if (isPersonalByName.size < maxCachedNames && name.length <= maxCachedNameLength) isPersonalByName.set(name, result);
  return result;
}

function isPersonalName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[\s_.-]/g, '');
  return names.has(plain) || endings.test(plain) || looksPersonal(name);
}

function looksPersonal(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return (value.includes('@') && mailAddress.test(value)) || (value.includes('+') && phoneNumber.test(value));
}
