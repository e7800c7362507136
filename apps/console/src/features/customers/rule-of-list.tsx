import { Group, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudiences } from '../audiences/audience-queries.ts';
import type { Rule } from '../../rules/query-of-rule.ts';
import { useRuleFields } from '../../rules/use-rule-fields.ts';
import { Fault } from '../../ui/fault.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Loading } from '../../ui/loading.tsx';
import { Read } from '../../ui/read.tsx';
import { useSize } from './customers-queries.ts';

const RuleBuilder = lazy(() =>
  import('../../rules/rule-builder.tsx').then(({ RuleBuilder }) => ({ default: RuleBuilder })),
);

interface RuleOfListProps {
  readonly rule: Rule | undefined;
  /** Told a whole rule some time after the last edit. */
  readonly onChange: (rule: Rule | undefined) => void;
}

const typingMs = 250;

/** A rule that is edited while its size is shown. */
export function RuleOfList({ rule, onChange }: RuleOfListProps) {
  const { t } = useTranslation('customers');
  const [isIncomplete, setIncomplete] = useState(false);
  const tell = useDebouncedCallback(onChange, typingMs);
  const fields = useRuleFields();
  const audiences = useAudiences();
  return (
    <>
      <Read query={fields}>
        {({ items }) => (
          <Suspense fallback={<Loading />}>
            <RuleBuilder
              rule={rule}
              fields={items}
              audiences={audiences.data?.items ?? []}
              onChange={(edited) => {
                setIncomplete(edited === 'incomplete');
                if (edited !== 'incomplete') tell(edited);
              }}
            />
          </Suspense>
        )}
      </Read>
      {isIncomplete ? <Text c="dimmed">{t('incomplete')}</Text> : <Size rule={rule} />}
    </>
  );
}

/** For how many customers a rule holds. */
export function Size({ rule }: { readonly rule: Rule | undefined }) {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  const size = useSize(rule);
  if (size.isError) return <Fault error={size.error} onRetry={() => void size.refetch()} />;
  const { count, of } = size.data ?? {};
  return (
    <Group gap="xs" mih={28} aria-live="polite">
      {count !== undefined && of !== undefined && (
        <Text opacity={size.isPlaceholderData ? 0.5 : 1}>
          {t('size', { number: formats.count(count), of: formats.count(of) })}
        </Text>
      )}
    </Group>
  );
}
