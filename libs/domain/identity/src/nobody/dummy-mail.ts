import { fold, isWordForNobody, isNoMailbox } from './words.ts';

/** Words for nobody in placeholder addresses. As a user id, `test` is somebody. */
const fillers = new Set([
  ...[
    'test',
    'tester',
    'testing',
    'asdf',
    'asdfgh',
    'qwerty',
    'qwertz',
    'abc',
    'abcd',
    'xyz',
    'aa',
    'aaa',
    'foo',
    'bar',
  ],
  ...[
    'foobar',
    'fake',
    'sample',
    'example',
    'beispiel',
    'esempio',
    'exemple',
    'ejemplo',
    'name',
    'yourname',
    'youremail',
  ],
]);

/** Domains at which such a word is a placeholder, although the domain may exist: `none@company.com`. */
const vague = new Set(['localhost', 'domain', 'domaine', 'dominio', 'nowhere', 'company', 'firma']);

/** A repeated character, or only digits: `a@a.com`, `123@123.com`. */
const samePressed = /^(?:(.)\1*|\d+)$/u;

/**
 * Whether an e-mail address, in lower case, is a placeholder. If its local part may be a person (`test`, `none`, `keine`), the domain must
 * be a placeholder, too: `none@gmail.com` may be a person. `noemail` is nobody at any domain, and any address at `noemail.com` is nobody.
 */
export function isDummyMail(address: string): boolean {
  const [local = '', domain = ''] = address.split('@');
  const site = siteOf(domain);
  const [name, folded] = [fold(local), fold(site)];
  if (isNoMailbox(name) || isNoMailbox(folded)) return true;
  if (local === site && samePressed.test(local)) return true;
  const isPlaceholderDomain = isFiller(folded) || vague.has(folded) || domain.endsWith('.invalid');
  return isPlaceholderDomain && isFiller(name) && !/\d/.test(local);
}

function isFiller(word: string): boolean {
  return fillers.has(word) || isWordForNobody(word);
}

/** The registered name of a domain, without subdomains and suffixes: `none` of `mx.none.co.uk`. */
function siteOf(domain: string): string {
  const labels = domain
    .replace(/\.(?:co|com|org|net|ac)(?=\.[a-z]{2}$)/, '')
    .split('.')
    .filter((label) => label !== '');
  return labels.at(-2) ?? labels[0] ?? '';
}
