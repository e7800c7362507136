import { TextInput } from '@mantine/core';

interface DayInputProps {
  readonly label: string;
  /** An RFC 3339 instant, or an empty text. */
  readonly value: unknown;
  readonly onChange: (value: string) => void;
}

/** A day of the reader's calendar. The value is the instant at which the day begins in the reader's zone. */
export function DayInput({ label, value, onChange }: DayInputProps) {
  return (
    <TextInput
      type="date"
      size="sm"
      aria-label={label}
      value={typeof value === 'string' && value !== '' ? localDay(new Date(value)) : ''}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? '' : new Date(`${currentTarget.value}T00:00`).toISOString())
      }
    />
  );
}

function localDay(instant: Date): string {
  return new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
