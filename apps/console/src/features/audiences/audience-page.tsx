import { Stack, Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { useUrlState } from '../../ui/use-url-state.ts';
import { AudienceForm } from './audience-form.tsx';
import { useAudience } from './audience-queries.ts';
import { tabs, type AudienceSearch, validateAudienceSearch } from './audience-search.ts';
import { ExportMenu } from './export-menu.tsx';
import { Members } from './members.tsx';
import { OverlapWith } from './overlap-with.tsx';
import { RemoveAudience } from './remove-audience.tsx';
import { Versions } from './versions.tsx';

/** One audience: its rule, who is in it, how much it shares with another, and how it was before. */
export function AudiencePage() {
  const { t } = useTranslation('audiences');
  const { audienceId } = useParams({ strict: false }) as { audienceId: string };
  const [{ tab = 'rule' }, change] = useUrlState(validateAudienceSearch);
  const navigate = useNavigate();
  const audience = useAudience(audienceId);
  const actions = (
    <>
      <ExportMenu audience={audienceId} />
      <RemoveAudience audienceId={audienceId} onRemoved={() => void navigate({ to: '/audiences' })} />
    </>
  );
  return (
    <Page
      title={audience.data?.name ?? t('audience')}
      {...(audience.data?.description && { lead: audience.data.description })}
      {...(audience.data && { actions })}
    >
      <Read query={audience}>
        {(found) => (
          <Tabs value={tab} onChange={(chosen) => change({ tab: chosen as AudienceSearch['tab'] })}>
            <Tabs.List mb="md">
              {tabs.map((one) => (
                <Tabs.Tab key={one} value={one}>
                  {t(`tab.${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {/* What is typed stays while one looks at another tab. */}
            <Tabs.Panel value="rule" keepMounted>
              <AudienceForm audience={found} />
            </Tabs.Panel>
            <Stack>
              {tab === 'members' && <Members audienceId={audienceId} />}
              {tab === 'overlap' && <OverlapWith audienceId={audienceId} />}
              {tab === 'versions' && <Versions audienceId={audienceId} />}
            </Stack>
          </Tabs>
        )}
      </Read>
    </Page>
  );
}
