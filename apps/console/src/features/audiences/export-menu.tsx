import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const formats = ['csv', 'ndjson', 'parquet'] as const;

/** Downloads the scores of an audience, or of all customers. */
export function ExportMenu({ audience }: { readonly audience?: string }) {
  const { t } = useTranslation('audiences');
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">{t('export')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={`/api/v1/scores/export?${new URLSearchParams({ format, ...(audience && { audience }) })}`}
            download
          >
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
