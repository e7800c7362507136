import { audienceField, type RuleDocument } from '@sestante/rules';

/** An audience that a rule names, and where, such as `all[1].value`. */
export interface NamedAudience {
  readonly audienceId: string;
  readonly place: string;
}

/** The audiences that a rule names, in the order of its leaves. */
export function namedAudiences(rule: RuleDocument, place = ''): readonly NamedAudience[] {
  const inside = (name: string) => (place === '' ? name : `${place}.${name}`);
  if ('all' in rule) return rule.all.flatMap((part, index) => namedAudiences(part, inside(`all[${index}]`)));
  if ('any' in rule) return rule.any.flatMap((part, index) => namedAudiences(part, inside(`any[${index}]`)));
  if ('not' in rule) return namedAudiences(rule.not, inside('not'));
  if (rule.field !== audienceField.name) return [];
  const { value } = rule;
  if (typeof value === 'string') return [{ audienceId: value, place: inside('value') }];
  const ids = value as readonly string[];
  return ids.map((audienceId, index) => ({ audienceId, place: inside(`value[${index}]`) }));
}
