import { fold, isWordForNobody, saysNoMail } from './words.ts';

/** Words for nobody in addresses that were made up; as an id, `test` is somebody. */
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

/** Domains at which such a word is nobody's address, whoever is at home there: `none@mail.com`. */
const vague = new Set(['localhost', 'domain', 'domaine', 'dominio', 'nowhere', 'company', 'firma']);

/** One sign over and over, or none but digits: `a@a.com`, `123@123.com`. */
const samePressed = /^(?:(.)\1*|\d+)$/u;

/**
 * Whether an e-mail address, in small letters, was made up to fill a field. Where its name could be somebody's (`test`, `none`, `keine`), the
 * domain has to be made up, too: `none@gmail.com` may be a person. `noemail` is nobody at any domain, and anybody is at `noemail.com`.
 */
export function isDummyMail(address: string): boolean {
  const [local = '', domain = ''] = address.split('@');
  const site = siteOf(domain);
  const [name, folded] = [fold(local), fold(site)];
  if (saysNoMail(name) || saysNoMail(folded)) return true;
  if (local === site && samePressed.test(local)) return true;
  const isMadeUp = isFiller(folded) || vague.has(folded) || domain.endsWith('.invalid');
  return isMadeUp && isFiller(name) && !/\d/.test(local);
}

function isFiller(word: string): boolean {
  return fillers.has(word) || isWordForNobody(word);
}

/** What was registered, without `www` and the like before it and the country behind it: `none` of `mx.none.co.uk`. */
function siteOf(domain: string): string {
  const labels = domain
    .replace(/\.(?:co|com|org|net|ac)(?=\.[a-z]{2}$)/, '')
    .split('.')
    .filter((label) => label !== '');
  return labels.at(-2) ?? labels[0] ?? '';
}
