import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../rules/query-of-rule.ts';
import { Fault } from '../../ui/fault.tsx';
import { useAddAudience } from './audience-queries.ts';

interface NewAudienceProps {
  readonly rule: Rule;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Names a rule and keeps it as an audience. */
export function NewAudience({ rule, isOpen, onClose }: NewAudienceProps) {
  const { t } = useTranslation('audiences');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const navigate = useNavigate();
  const add = useAddAudience();
  const keep = () =>
    add.mutate(
      { name: name.trim(), description: description.trim(), rule },
      { onSuccess: ({ audienceId }) => void navigate({ to: `/audiences/${audienceId}` }) },
    );
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('new')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <TextInput
          label={t('name')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t('description')}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        {add.isError && <Fault error={add.error} />}
        <Button onClick={keep} disabled={name.trim() === ''} loading={add.isPending}>
          {t('save')}
        </Button>
      </Stack>
    </Modal>
  );
}
