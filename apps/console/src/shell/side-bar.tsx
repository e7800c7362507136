import { Button, Divider, NavLink, Select, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Session, signOut } from '../api/session.ts';
import { showError } from '../ui/show-error.ts';
import { chooseLanguage, type Language, languages } from '../words/words.ts';
import { Logo } from './logo.tsx';
import { placesOf } from './places.ts';

const names: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', it: 'Italiano' };
const schemes = ['auto', 'light', 'dark'] as const;

/** The places, and below them: appearance, language, and who has signed in. */
export function SideBar({ session }: { readonly session: Session }) {
  const { t, i18n } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack h="100%" justify="space-between" gap="md">
      <Stack gap="lg">
        <Logo />
        <div>
          {placesOf(session.role).map(({ name, to }) => (
            <Link key={to} to={to} style={{ textDecoration: 'none', color: 'inherit' }}>
              {({ isActive }) => <NavLink component="span" active={isActive} label={t(`place.${name}`)} py="xs" />}
            </Link>
          ))}
        </div>
      </Stack>
      <Stack gap="xs">
        <Select
          size="xs"
          label={t('appearance')}
          value={colorScheme}
          allowDeselect={false}
          data={schemes.map((value) => ({ value, label: t(`scheme.${value}`) }))}
          onChange={(value) => setColorScheme(value as (typeof schemes)[number])}
        />
        <Select
          size="xs"
          label={t('language')}
          value={i18n.language}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: names[value] }))}
          onChange={(value) => void chooseLanguage(value as Language)}
        />
        <Divider my={4} />
        <Text size="sm" lineClamp={2}>
          {session.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`role.${session.role}`)}
        </Text>
        <Button variant="default" size="xs" onClick={() => void signOut().catch(showError)}>
          {t('sign-out')}
        </Button>
      </Stack>
    </Stack>
  );
}
