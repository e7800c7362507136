import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/empty.tsx';

export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <Empty title={t('not-found')} text={t('not-found-why')}>
      <Anchor component={Link} to="/">
        {t('to-the-start')}
      </Anchor>
    </Empty>
  );
}
