import {
  addFault,
  audienceField,
  documentNode,
  type Fault,
  type Leaf,
  type Rule,
  type RuleDocument,
} from '@sestante/rules';
import { readRule } from './checked-rule.ts';
import { namedAudiences } from './named-audiences.ts';

/** The rules of the audiences that are stored, by their ids. */
export type StoredRules = ReadonlyMap<string, RuleDocument>;

/** The most parts of a rule together with those of the audiences that it names. */
export const mostExpandedParts = 1_000;

/**
 * The faults of the audiences that a rule names: there is no such audience, the rule is a part of itself, or there are too many parts in all.
 *
 * @param audienceId of the audience that gets the rule; undefined for a new one
 */
export function faultsOfNamed(document: RuleDocument, rules: StoredRules, audienceId?: string): readonly Fault[] {
  const root = documentNode(document);
  for (const named of namedAudiences(document)) {
    const node = { ...root, path: named.place };
    if (!rules.has(named.audienceId)) addFault({ ...node, value: named.audienceId }, 'must be the id of an audience');
    else if (audienceId !== undefined && reaches(named.audienceId, audienceId, rules))
      addFault({ ...node, value: named.audienceId }, 'must not name an audience that this one is a part of, or itself');
  }
  if (root.faults.length === 0 && partsOf(document, rules) > mostExpandedParts)
    addFault(root, `must have at most ${mostExpandedParts} parts together with those of the audiences that it names`);
  return root.faults;
}

/** The rule with the rules of the audiences that it names in their places. It asks for no audience any more. The rules that are stored have no circles. */
export function expandRule(document: RuleDocument, rules: StoredRules): Rule {
  const expanded = (rule: Rule): Rule => {
    switch (rule.kind) {
      case 'all':
      case 'any':
        return { kind: rule.kind, rules: rule.rules.map(expanded) };
      case 'not':
        return { kind: 'not', rule: expanded(rule.rule) };
      case 'leaf':
        if (rule.field !== audienceField) return rule;
        return { kind: 'any', rules: idsOf(rule).flatMap((id) => ruleOf(id, rules)) };
    }
  };
  return expanded(readRule(document));
}

/** Of an audience that is deleted, nobody is a member. */
function ruleOf(audienceId: string, rules: StoredRules): Rule[] {
  const document = rules.get(audienceId);
  return document === undefined ? [] : [expandRule(document, rules)];
}

function idsOf({ value }: Leaf): readonly string[] {
  return typeof value === 'string' ? [value] : (value as readonly string[]);
}

function reaches(from: string, to: string, rules: StoredRules, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const rule = rules.get(from);
  return rule !== undefined && namedAudiences(rule).some(({ audienceId }) => reaches(audienceId, to, rules, seen));
}

/** Counts up to a little more than `mostExpandedParts`: audiences that name others twice each would make it long. */
function partsOf(rule: RuleDocument, rules: StoredRules): number {
  let count = 0;
  const add = (part: RuleDocument): void => {
    count += 1;
    if (count > mostExpandedParts) return;
    if ('all' in part) part.all.forEach(add);
    else if ('any' in part) part.any.forEach(add);
    else if ('not' in part) add(part.not);
    else
      for (const { audienceId } of namedAudiences(part)) {
        const named = rules.get(audienceId);
        if (named) add(named);
      }
  };
  add(rule);
  return count;
}
