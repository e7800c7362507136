/** Names of properties that hold direct identifiers, or free words about a person, compared in lower case, without spaces, hyphens, dots and underscores. */
const names = new Set(['name', 'ip', 'dob', 'tel', 'note', 'notes']);
const endings =
  /(?:mail|mailaddress|phone|phonenumber|mobile|mobilenumber|address|street|surname|birthday|birthdate|dateofbirth)$|(?:first|last|middle|full|given|family|user|nick|customer|contact|recipient|sender|holder)name$|(?:user|anonymous|device)id$|loyaltycard(?:number|id)?$/;
/** What surrounds the `@` of a mail address. Looking no further back than one character keeps it to one pass over any text. */
const mailAddress = /[^\s@]@[^\s@]+\.[^\s@]/;
/** An international phone number: a `+`, then 8 to 15 digits with what people write between them. */
const phoneNumber = /\+\d(?:[\s().\-/]{0,2}\d){7,14}/;

/**
 * Properties as later topics may carry them: without direct identifiers, whether they are named as such or look like a mail address
 * or an international phone number.
 */
export function impersonal(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return keepObject(properties);
}

function keep(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !looksPersonal(item)).map(keep);
  return typeof value === 'object' && value !== null ? keepObject(value) : value;
}

function keepObject(object: object): Record<string, unknown> {
  const kept = Object.entries(object).filter(([name, value]) => !isPersonal(name) && !looksPersonal(value));
  return Object.fromEntries(kept.map(([name, value]) => [name, keep(value)]));
}

/** What was found out about names, which are mostly the same: this runs for every property of every activity. Bounded, because sources choose names. */
const verdicts = new Map<string, boolean>();
const mostVerdicts = 10_000;
const longestRemembered = 64;

function isPersonal(name: string): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const verdict = namesAPerson(name);
  if (verdicts.size < mostVerdicts && name.length <= longestRemembered) verdicts.set(name, verdict);
  return verdict;
}

function namesAPerson(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[\s_.-]/g, '');
  return names.has(plain) || endings.test(plain) || looksPersonal(name);
}

function looksPersonal(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return (value.includes('@') && mailAddress.test(value)) || (value.includes('+') && phoneNumber.test(value));
}
