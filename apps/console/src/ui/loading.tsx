import { Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const quietMs = 300;

/** Shows after 300 ms that something is on its way. */
export function Loading() {
  const { t } = useTranslation('ui');
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), quietMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Group p="md" gap="sm" mih={56} role="status">
      {isLate && (
        <>
          <Loader size="sm" />
          <Text c="dimmed">{t('loading')}</Text>
        </>
      )}
    </Group>
  );
}
