import { useTranslation } from 'react-i18next';
import { Ask } from '../../ui/ask.tsx';
import { showError } from '../../ui/show-error.ts';
import { useRemoveAudience } from './audience-queries.ts';

interface RemoveAudienceProps {
  readonly audienceId: string;
  readonly onRemoved: () => void;
}

/** Deletes an audience after saying what is lost. */
export function RemoveAudience({ audienceId, onRemoved }: RemoveAudienceProps) {
  const { t } = useTranslation('audiences');
  const remove = useRemoveAudience(audienceId);
  return (
    <Ask
      button={t('remove')}
      question={t('remove-title')}
      consequence={t('remove-why')}
      isBusy={remove.isPending}
      onYes={() => remove.mutate(undefined, { onSuccess: onRemoved, onError: showError })}
    />
  );
}
