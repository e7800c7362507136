import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ValueEditorProps } from 'react-querybuilder';
import { DayInput } from './day-input.tsx';
import { operandKindOf, type RuleField } from './field.ts';

/** What the builder knows beside the rule. */
export interface BuilderContext {
  readonly fields: ReadonlyMap<string, RuleField>;
  readonly audiences: readonly { readonly audienceId: string; readonly name: string }[];
}

/** What a condition compares with, by its field and operator. */
export function BuilderValue({ field: name, operator, value, handleOnChange, context }: ValueEditorProps) {
  const { t, i18n } = useTranslation('rules');
  const { fields, audiences } = context as BuilderContext;
  const field = fields.get(name);
  const kind = operandKindOf(field, operator);
  const label = t('value');
  const texts = Array.isArray(value) ? (value as string[]) : [];
  const audienceOptions = audiences.map(({ audienceId, name }) => ({ value: audienceId, label: name }));
  switch (kind) {
    case 'none':
      return null;
    case 'texts':
      return (
        <TagsInput
          size="sm"
          aria-label={label}
          data={[...(field?.choices ?? [])]}
          value={texts}
          onChange={handleOnChange}
        />
      );
    case 'ids':
      return (
        <MultiSelect size="sm" aria-label={label} data={audienceOptions} value={texts} onChange={handleOnChange} />
      );
    case 'id':
      return <Choice label={label} data={audienceOptions} value={value} onChange={handleOnChange} />;
    case 'boolean': {
      const answers = [
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ];
      return (
        <Choice label={label} data={answers} value={value} onChange={(chosen) => handleOnChange(chosen === 'true')} />
      );
    }
    case 'number':
    case 'days':
      return (
        <NumberInput
          size="sm"
          w="7rem"
          aria-label={label}
          value={typeof value === 'number' ? value : ''}
          onChange={(number) => handleOnChange(typeof number === 'number' ? number : '')}
          decimalSeparator={i18n.language === 'en' ? '.' : ','}
          suffix={kind === 'days' ? ` ${t('days')}` : ''}
        />
      );
    case 'instant':
      return <DayInput label={label} value={value} onChange={handleOnChange} />;
  }
  if (field?.choices)
    return (
      <Choice
        label={label}
        data={field.choices.map((choice) => ({ value: choice, label: t(`choice.${choice}`, choice) }))}
        value={value}
        onChange={handleOnChange}
      />
    );
  return (
    <TextInput
      size="sm"
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => handleOnChange(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly data: (string | { value: string; label: string })[];
  readonly value: unknown;
  readonly onChange: (value: string) => void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      size="sm"
      w="11rem"
      aria-label={label}
      data={data}
      value={value === '' || value === undefined ? null : String(value)}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}
