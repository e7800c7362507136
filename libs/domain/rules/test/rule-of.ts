import {
  activityCatalogue,
  attributeFields,
  audienceField,
  catalogueOf,
  customerCatalogue,
  documentNode,
  faultText,
  purchaseFields,
  type Rule,
  ruleIn,
  union,
} from '../src/index.ts';

/** Every field that there is. */
const catalogue = union(
  customerCatalogue,
  activityCatalogue,
  catalogueOf([audienceField, ...attributeFields(), ...purchaseFields]),
);

/** The faults of a document, as texts. */
export function faultsOf(document: unknown): string[] {
  const node = documentNode(document);
  ruleIn(node, catalogue);
  return node.faults.map(faultText);
}

/** The rule of a document; throws its faults. */
export function ruleOf(document: unknown): Rule {
  const node = documentNode(document);
  const rule = ruleIn(node, catalogue);
  if (node.faults.length > 0) throw new Error(node.faults.map(faultText).join('; '));
  return rule;
}
