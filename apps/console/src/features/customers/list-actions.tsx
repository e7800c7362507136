import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../rules/query-of-rule.ts';
import { ExportMenu } from '../audiences/export-menu.tsx';
import { NewAudience } from '../audiences/new-audience.tsx';

/** Keeps the rule of the list as an audience, and exports the scores of all customers. */
export function ListActions({ rule }: { readonly rule: Rule | undefined }) {
  const { t } = useTranslation('customers');
  const [isNaming, naming] = useDisclosure();
  return (
    <>
      <ExportMenu />
      <Button
        onClick={naming.open}
        disabled={rule === undefined}
        title={rule === undefined ? t('keep-needs-rule') : undefined}
      >
        {t('keep')}
      </Button>
      {rule && <NewAudience rule={rule} isOpen={isNaming} onClose={naming.close} />}
    </>
  );
}
