import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import type { Rule } from '../../rules/query-of-rule.ts';
import { Fault } from '../../ui/fault.tsx';
import { showDone } from '../../ui/show-error.ts';
import { RuleOfList } from '../customers/rule-of-list.tsx';
import { type Audience, useReplaceAudience } from './audience-queries.ts';

/** Edits an audience. What is typed stays here until it is stored, also when the session ends or somebody else was faster. */
export function AudienceForm({ audience }: { readonly audience: Audience }) {
  const { t } = useTranslation('audiences');
  const [name, setName] = useState(audience.name);
  const [description, setDescription] = useState(audience.description);
  const [rule, setRule] = useState<Rule | undefined>(audience.rule);
  const [revision, setRevision] = useState(audience.revision);
  const replace = useReplaceAudience(audience.audienceId);
  const save = (over: number) =>
    rule &&
    replace.mutate(
      { name: name.trim(), description: description.trim(), rule, revision: over },
      {
        onSuccess: (stored) => {
          setRevision(stored.revision);
          showDone(t('saved'));
        },
      },
    );
  const { error } = replace;
  const isLate = error instanceof ApiError && error.code === 'audience-changed';
  return (
    <Stack maw={820}>
      <TextInput label={t('name')} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      <Textarea
        label={t('description')}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        autosize
      />
      <RuleOfList rule={rule} onChange={setRule} />
      {isLate && (
        <Alert color="orange" variant="light" title={t('late')} role="alert">
          <Stack align="flex-start" gap="xs">
            {t('late-why')}
            <Button size="xs" variant="default" onClick={() => save(audience.revision)}>
              {t('save-anyway')}
            </Button>
          </Stack>
        </Alert>
      )}
      {error && !isLate && <Fault error={error} />}
      <Group>
        <Button
          onClick={() => save(revision)}
          loading={replace.isPending}
          disabled={name.trim() === '' || rule === undefined}
        >
          {t('save')}
        </Button>
      </Group>
    </Stack>
  );
}
