import { AppShell, Burger, Group } from '@mantine/core';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionEnded } from '../api/ended-session.ts';
import { useSession } from '../api/session.ts';
import { Fault } from '../ui/fault.tsx';
import { Loading } from '../ui/loading.tsx';
import { Keys } from './keys.tsx';
import { Logo } from './logo.tsx';
import { SideBar } from './side-bar.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** The side bar and the open page, for whoever has signed in. */
export function Shell() {
  const { t } = useTranslation('shell');
  const session = useSession();
  const hasEnded = useSessionEnded();
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  if (session.isPending) return <Loading />;
  if (session.isError) return <Fault error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === null) return <SignInPage />;
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', lg: 'xl' }}
    >
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%">
          <Burger opened={isOpen} onClick={() => setOpen(!isOpen)} size="sm" aria-label={t('menu')} />
          <Logo />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" aria-label={t('places')}>
        <SideBar session={session.data} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <Keys />
      {hasEnded && <SignInAgain />}
    </AppShell>
  );
}
