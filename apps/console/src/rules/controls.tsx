import { Button, Select, Switch } from '@mantine/core';
import type { ActionProps, NotToggleProps, ValueSelectorProps } from 'react-querybuilder';
import { isOptionGroupArray } from 'react-querybuilder';

/** A button of the builder: add or remove a condition or a group. */
export function BuilderButton({ handleOnClick, label, title, disabled, testID }: ActionProps) {
  const removes = testID?.startsWith('remove') ?? false;
  return (
    <Button
      size="compact-sm"
      variant={removes ? 'subtle' : 'light'}
      color={removes ? 'gray' : undefined}
      onClick={(event) => handleOnClick(event)}
      title={title}
      aria-label={title}
      disabled={disabled ?? false}
    >
      {label}
    </Button>
  );
}

/** A choice of the builder: a field, an operator, or how conditions are combined. */
export function BuilderSelect({ options, value, handleOnChange, title, disabled }: ValueSelectorProps) {
  const item = ({ name, label }: { name: string; label: string }) => ({ value: name, label });
  const data = isOptionGroupArray(options)
    ? options.map((group) => ({ group: group.label, items: group.options.map(item) }))
    : options.map(item);
  return (
    <Select
      size="sm"
      data={data}
      value={value ?? null}
      onChange={(chosen) => chosen !== null && handleOnChange(chosen)}
      aria-label={title}
      searchable={options.length > 6 || isOptionGroupArray(options)}
      allowDeselect={false}
      disabled={disabled ?? false}
      maxDropdownHeight={320}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

/** Whether a group is turned into its opposite. */
export function BuilderNot({ checked, handleOnChange, label, title }: NotToggleProps) {
  return (
    <Switch
      size="sm"
      checked={checked ?? false}
      onChange={(event) => handleOnChange(event.currentTarget.checked)}
      label={label}
      title={title}
    />
  );
}
