import { Alert, Button, List, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { type FaultInText, faultsInText, placesInText } from './faults-in-text.ts';

interface DocumentEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Why the API has refused the document. */
  readonly error: unknown;
  readonly submit: (document: { version: string }) => void;
  readonly actions: (isValid: boolean) => ReactNode;
}

/** A document as JSON, with each fault at its place. */
export function DocumentEditor({ text, onChange, error, submit, actions }: DocumentEditorProps) {
  const { t } = useTranslation('models');
  const area = useRef<HTMLTextAreaElement>(null);
  const inSyntax = faultsInText(text);
  const faults = inSyntax.length > 0 ? inSyntax : placesInText(text, faultsOf(error));
  const show = ({ offset, length }: FaultInText) => {
    const input = area.current!;
    input.focus();
    input.setSelectionRange(offset, offset + length);
    const lineHeight = input.scrollHeight / text.split('\n').length;
    input.scrollTop = (text.slice(0, offset).split('\n').length - 5) * lineHeight;
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(JSON.parse(text) as { version: string });
      }}
    >
      <Stack>
        {faults.length > 0 && (
          <Alert color="red" variant="light" title={t('faults', { count: faults.length })} role="alert">
            <List size="sm" listStyleType="none">
              {faults.slice(0, mostShown).map((fault, index) => (
                <List.Item key={index}>
                  <Button size="compact-xs" variant="default" mr="xs" onClick={() => show(fault)}>
                    {t('line', { number: fault.line })}
                  </Button>
                  {fault.place} {fault.message}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        {error !== null && error !== undefined && faults.length === 0 && (
          <Alert color="red" variant="light" title={sentenceOf(error)} role="alert">
            {changesOf(error).map(({ place }) => (
              <Text key={place} size="sm">
                {place}
              </Text>
            ))}
          </Alert>
        )}
        {actions(inSyntax.length === 0)}
        <Textarea
          ref={area}
          label={t('json')}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          spellCheck={false}
          rows={28}
          error={faults.length > 0}
          styles={{
            input: {
              fontFamily: 'var(--mantine-font-family-monospace)',
              color: 'var(--mantine-color-text)',
              whiteSpace: 'pre',
            },
          }}
        />
      </Stack>
    </form>
  );
}

const mostShown = 20;

interface Place {
  readonly place: string;
  readonly message: string;
}
const listIn = (error: unknown, name: string) =>
  error instanceof ApiError && Array.isArray(error.problem[name]) ? (error.problem[name] as Place[]) : [];
const faultsOf = (error: unknown) => listIn(error, 'faults');
const changesOf = (error: unknown) => listIn(error, 'changes');
