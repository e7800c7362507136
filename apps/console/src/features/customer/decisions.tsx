import { Accordion, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/openapi.d.ts';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useDecisions } from './customer-queries.ts';

type Decision = components['schemas']['Decision'];
type Candidate = Decision['candidates'][number];

/** Every decision with every candidate and every gate. What was chosen stands first. */
export function Decisions({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customer');
  return (
    <Read query={useDecisions(customerId)}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">{t('no-decisions')}</Text>
        ) : (
          <Accordion variant="separated" order={3}>
            {items.map((decision) => (
              <Accordion.Item key={decision.decisionId} value={decision.decisionId}>
                <Accordion.Control>
                  <Text size="sm" fw={600}>
                    {t(`result.${decision.result}`)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    <Instant at={decision.decidedAt} /> · {decision.cause.name}
                  </Text>
                </Accordion.Control>
                <Accordion.Panel>
                  <Candidates decision={decision} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )
      }
    </Read>
  );
}

function Candidates({ decision: { candidates, reasons } }: { readonly decision: Decision }) {
  const chosenFirst = candidates.toSorted((one, other) => Number(other.chosen) - Number(one.chosen));
  return (
    <Stack gap="md">
      {reasons.map((reason) => (
        <Text key={reason} size="sm">
          {reason}
        </Text>
      ))}
      {chosenFirst.map((candidate) => (
        <CandidateGates key={candidate.template} candidate={candidate} />
      ))}
    </Stack>
  );
}

function CandidateGates({ candidate: { template, chosen, gates } }: { readonly candidate: Candidate }) {
  const { t } = useTranslation('customer');
  return (
    <div>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {template}
        </Text>
        {chosen && <Text size="sm">{t('chosen')}</Text>}
      </Group>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {gates.map(({ gate, passed, reason }) => (
          <li key={gate}>
            <Text size="sm" component="span" style={{ color: passed ? undefined : 'var(--picture-bad)' }}>
              {passed ? '✓' : '✕'} <b>{t(`gate.${gate}`, gate)}</b> {reason}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
