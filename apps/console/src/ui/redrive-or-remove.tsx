import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ask } from './ask.tsx';
import { showDone, showError } from './show-error.ts';

interface RedriveOrRemoveProps {
  readonly words: {
    readonly redrive: string;
    readonly remove: string;
    /** What is asked before they are removed, and what that changes. */
    readonly question: string;
    readonly consequence: string;
  };
  /** What is read again afterwards. */
  readonly queryKey: readonly string[];
  /** Processes them again. Resolves to the sentence that says what has become of them. */
  readonly redrive: () => Promise<string>;
  /** Removes them. Resolves to such a sentence, too. */
  readonly remove: () => Promise<string>;
}

/** The two things that can be done about what could not be processed. */
export function RedriveOrRemove({ words, queryKey, redrive, remove }: RedriveOrRemoveProps) {
  const client = useQueryClient();
  const settled = {
    onSuccess: (sentence: string) => showDone(sentence),
    onError: showError,
    onSettled: () => client.invalidateQueries({ queryKey }),
  };
  const redriving = useMutation({ mutationFn: redrive, ...settled });
  const removing = useMutation({ mutationFn: remove, ...settled });
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button size="compact-sm" variant="default" loading={redriving.isPending} onClick={() => redriving.mutate()}>
        {words.redrive}
      </Button>
      <Ask
        button={words.remove}
        question={words.question}
        consequence={words.consequence}
        isBusy={removing.isPending}
        onYes={() => removing.mutate()}
      />
    </Group>
  );
}
