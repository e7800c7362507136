import { Ajv } from 'ajv';
import { amountsIn, inOneCurrency, isCurrencyCode } from './currencies.ts';
import { schemaOf } from './json-schema.ts';
import { withSingleProduct } from './single-product.ts';
import { propertyReader } from './property-reader.ts';
import { productIds } from './products.ts';
import { maxViolations, removeFaults } from './remove-faults.ts';
import type { Properties } from './term.ts';
import type { CheckedActivity, Violation } from './violation.ts';
import { vocabulary } from './vocabulary.ts';

type Check = (given: Properties) => CheckedActivity;

const ajv = new Ajv({ strictTypes: false, allowUnionTypes: true, allErrors: true });
/** A map, because a custom activity may have the name of an inherited property, such as `constructor`. */
const terms = new Map(Object.entries(vocabulary));
/** Created on first use: a source sends only a few of the activities. */
const checks = new Map<string, Check>();
const none: readonly Violation[] = [];

/** Reads and checks the properties of an activity by the vocabulary. Those of a custom activity stay unchanged. */
export function checkActivity(name: string, given: Properties): CheckedActivity {
  const check = checks.get(name) ?? checkOf(name);
  return check ? check(given) : { properties: given, violations: none };
}

function checkOf(name: string): Check | undefined {
  const term = terms.get(name);
  if (!term) return undefined;
  const readProperties = propertyReader({ ...term.must, ...term.may });
  const validate = ajv.compile(schemaOf(term));
  const hasCurrency = Object.hasOwn({ ...term.must, ...term.may }, 'currency');
  const hasOneProduct = term.either === productIds;
  const check: Check = (given) => {
    const flat = hasOneProduct ? withSingleProduct(given) : given;
    const read = readProperties(flat);
    // If nothing was converted, no string contains a currency.
    const { properties, violations } =
      hasCurrency && (read !== flat || !isCurrencyCode(read['currency']))
        ? inOneCurrency(read, amountsIn(flat, read))
        : { properties: read, violations: none };
    if (validate(properties)) return { properties, violations };
    const checked = removeFaults({ name, term, properties }, validate.errors!);
    return violations.length === 0
      ? checked
      : { ...checked, violations: [...violations, ...checked.violations].slice(0, maxViolations) };
  };
  checks.set(name, check);
  return check;
}
