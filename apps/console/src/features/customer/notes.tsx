import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { Fault } from '../../ui/fault.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useNotes } from './customer-queries.ts';

/** What colleagues wrote about the customer. */
export function Notes({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customer');
  return (
    <Stack gap="md" maw={640}>
      <NewNote customerId={customerId} />
      <Read query={useNotes(customerId)}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('no-notes')}</Text>
          ) : (
            items.map(({ noteId, text, author, createdAt }) => (
              <div key={noteId}>
                <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                  {text}
                </Text>
                <Text size="xs" c="dimmed">
                  <Instant at={createdAt} /> · {author.by === 'key' ? author.name : t('by-customer')}
                </Text>
              </div>
            ))
          )
        }
      </Read>
    </Stack>
  );
}

/** What is typed stays until it is stored. */
function NewNote({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customer');
  const [text, setText] = useState('');
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/api/v1/customers/{id}/notes', {
          params: { path: { id: customerId } },
          body: { kind: 'note', text, audience: 'clerk' },
        }),
      ),
    onSuccess: () => {
      setText('');
      return queries.invalidateQueries({ queryKey: ['notes', customerId] });
    },
  });
  return (
    <Stack gap="xs" align="flex-start">
      <Textarea
        w="100%"
        label={t('new-note')}
        description={t('new-note-seen-by')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        autosize
        minRows={2}
      />
      <Button
        size="xs"
        variant="default"
        disabled={text.trim() === ''}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        {t('add-note')}
      </Button>
      {add.isError && <Fault error={add.error} />}
    </Stack>
  );
}
