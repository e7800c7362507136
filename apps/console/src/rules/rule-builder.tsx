import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder, type RuleGroupType } from 'react-querybuilder';
import { BuilderButton, BuilderNot, BuilderSelect } from './controls.tsx';
import { byGroup, firstValue, type RuleField } from './field.ts';
import { queryOf, type Rule, ruleOf } from './query-of-rule.ts';
import { useFieldLabel } from './use-field-label.ts';
import { type BuilderContext, BuilderValue } from './value-editor.tsx';
import './rule-builder.css';

interface RuleBuilderProps {
  /** The rule that editing begins with; undefined for all customers. */
  readonly rule: Rule | undefined;
  readonly fields: readonly RuleField[];
  /** The audiences that a rule may name. */
  readonly audiences: BuilderContext['audiences'];
  /** Told every edit that gives a whole rule. While a condition lacks its value, `'incomplete'`. */
  readonly onChange: (rule: Rule | undefined | 'incomplete') => void;
}

const controlElements = {
  actionElement: BuilderButton,
  valueSelector: BuilderSelect,
  notToggle: BuilderNot,
  valueEditor: BuilderValue,
};

/** Edits a rule over customers. What is typed stays here, also while it is incomplete. */
export function RuleBuilder({ rule, fields, audiences, onChange }: RuleBuilderProps) {
  const { t } = useTranslation('rules');
  const label = useFieldLabel();
  const [query, setQuery] = useState<RuleGroupType>(() => queryOf(rule));
  const byName = useMemo(() => new Map(fields.map((field) => [field.name, field])), [fields]);
  const options = useMemo(
    () =>
      byGroup(fields).map(([group, members]) => ({
        label: t(`group.${group}`, group),
        options: members.map((field) => ({ name: field.name, value: field.name, label: label(field) })),
      })),
    [fields, label, t],
  );
  return (
    <QueryBuilder
      fields={options}
      query={query}
      onQueryChange={(edited: RuleGroupType) => {
        setQuery(edited);
        onChange(ruleOf(edited));
      }}
      context={{ fields: byName, audiences } satisfies BuilderContext}
      getOperators={(name) =>
        (byName.get(name)?.operators ?? []).map(({ operator }) => ({
          name: operator,
          value: operator,
          label: t(`operator.${operator}`),
        }))
      }
      getDefaultValue={({ field, operator }) => firstValue(byName.get(field), operator)}
      combinators={[
        { name: 'and', value: 'and', label: t('all') },
        { name: 'or', value: 'or', label: t('any') },
      ]}
      translations={{
        addRule: { label: t('add'), title: t('add') },
        addGroup: { label: t('add-group'), title: t('add-group') },
        removeRule: { label: '✕', title: t('remove') },
        removeGroup: { label: '✕', title: t('remove-group') },
        notToggle: { label: t('not'), title: t('not-title') },
        fields: { title: t('field') },
        operators: { title: t('operator-title') },
        combinators: { title: t('combinator') },
      }}
      controlElements={controlElements}
      controlClassnames={{ queryBuilder: 'rule-builder' }}
      showNotToggle
      resetOnFieldChange
      resetOnOperatorChange
      addRuleToNewGroups
    />
  );
}
