import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/empty.tsx';
import { TextLink } from '../ui/text-link.tsx';

export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <Empty title={t('not-found')} text={t('not-found-why')}>
      <TextLink to="/">{t('to-the-start')}</TextLink>
    </Empty>
  );
}
