import { Ajv } from 'ajv';
import { amountsIn, inOneCurrency, isCurrencyCode } from './currencies.ts';
import { schemaOf } from './json-schema.ts';
import { withLoneProduct } from './lone-product.ts';
import { plainValues } from './plain-values.ts';
import { productNamed } from './products.ts';
import { mostViolations, removeFaults } from './remove-faults.ts';
import type { Properties } from './term.ts';
import type { CheckedActivity, Violation } from './violation.ts';
import { vocabulary } from './vocabulary.ts';

type Check = (given: Properties) => CheckedActivity;

const ajv = new Ajv({ strictTypes: false, allowUnionTypes: true, allErrors: true });
/** Custom activities may be called as what every object has: a map has nothing but its own. */
const terms = new Map(Object.entries(vocabulary));
/** Made when they are first needed: a source sends few of the activities that there are. */
const checks = new Map<string, Check>();
const none: readonly Violation[] = [];

/** Reads the properties of an activity by the vocabulary. Those of a custom activity are taken as they are. */
export function checkActivity(name: string, given: Properties): CheckedActivity {
  const check = checks.get(name) ?? checkOf(name);
  return check ? check(given) : { properties: given, violations: none };
}

function checkOf(name: string): Check | undefined {
  const term = terms.get(name);
  if (!term) return undefined;
  const plain = plainValues({ ...term.must, ...term.may });
  const validate = ajv.compile(schemaOf(term));
  const hasCurrency = Object.hasOwn({ ...term.must, ...term.may }, 'currency');
  const isOfOneProduct = term.either === productNamed;
  const check: Check = (given) => {
    const lone = isOfOneProduct ? withLoneProduct(given) : given;
    const read = plain(lone);
    // Where nothing had to be read, no text has a currency in it.
    const { properties, violations } =
      hasCurrency && (read !== lone || !isCurrencyCode(read['currency']))
        ? inOneCurrency(read, amountsIn(lone, read))
        : { properties: read, violations: none };
    if (validate(properties)) return { properties, violations };
    const checked = removeFaults({ name, term, properties }, validate.errors!);
    return violations.length === 0
      ? checked
      : { ...checked, violations: [...violations, ...checked.violations].slice(0, mostViolations) };
  };
  checks.set(name, check);
  return check;
}
