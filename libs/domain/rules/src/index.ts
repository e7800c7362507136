export { check, type Checked, holds, type ValueOf } from './check.ts';
export { activityCatalogue } from './fields/activity-fields.ts';
export { attributeFields, attributeNames } from './fields/attribute-fields.ts';
export { audienceField } from './fields/audience-field.ts';
export {
  consentFields,
  customerCatalogue,
  customerFields,
  historyCatalogue,
  loyalField,
  presenceFields,
  purchaseFields,
  scoreFields,
} from './fields/customer-fields.ts';
export { describeFields, type FieldDescription } from './fields/describe-fields.ts';
export { type Catalogue, catalogueOf, type Field, type FieldType, union } from './fields/field.ts';
export { faultText, summaryOf } from './json/faults.ts';
export {
  addFault,
  documentNode,
  entriesOf,
  type Fault,
  fieldsOf,
  isGiven,
  isObject,
  itemsOf,
  type JsonNode,
  mostFaults,
} from './json/json-node.ts';
export {
  anyNumber,
  between,
  booleanIn,
  type Bound,
  choiceIn,
  countIn,
  numberIn,
  textIn,
  textsIn,
} from './json/leaf.ts';
export { longestText, mostDays, mostTexts, type OperandKind, operandKinds, operatorsOf } from './operators.ts';
export { mostDepth, mostParts, ruleIn } from './read-rule.ts';
export { askedFields, documentOf } from './rule-document.ts';
export {
  type Group,
  type Leaf,
  type LeafDocument,
  type Negation,
  type Operand,
  type Operator,
  operators,
  type Rule,
  type RuleDocument,
} from './rule.ts';
export { type Column, type ColumnOf, type MembershipColumn, type ValueColumn } from './sql/column.ts';
export { type SqlCondition, toSql } from './sql/to-sql.ts';
export { whyNot } from './why-not.ts';
