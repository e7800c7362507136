import { documentNode, documentOf, type Fault, faultText, type Rule, type RuleDocument, ruleIn } from '@sestante/rules';
import { Problem } from '@sestante/runtime';
import { customerRuleCatalogue } from '../rules/customer-fields.ts';

/** The most faults in one response. */
const mostFaults = 200;

/** The rule of a request, as it is stored. Throws 422 with every fault. */
export function checkedRule(sent: unknown): RuleDocument {
  const node = documentNode(sent);
  const rule = ruleIn(node, customerRuleCatalogue);
  assertNoFaults(node.faults);
  return documentOf(rule);
}

/** A rule that was checked when it was stored. Throws 422 if a field that it asks for is not configured any more. */
export function readRule(document: RuleDocument): Rule {
  const node = documentNode(document);
  const rule = ruleIn(node, customerRuleCatalogue);
  assertNoFaults(node.faults);
  return rule;
}

/** Throws 422. */
export function assertNoFaults(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const detail = `The rule is not valid: ${faultText(first)}${more}.`;
  throw new Problem(422, 'rule-invalid', detail, undefined, { faults: faults.slice(0, mostFaults) });
}
