import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'de', 'it'] as const;
export type Language = (typeof languages)[number];

const storedAs = 'sestante-language';

type Words = Readonly<Record<string, object>>;
/** One file of words for each page, and one script for each language. */
const load: Readonly<Record<Language, () => Promise<{ readonly words: Words }>>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  it: () => import('./it.ts'),
};

const isLanguage = (text: string | null): text is Language => languages.some((one) => one === text);

/** The language that was chosen before, or else the first one of the browser that we speak. */
function preferredLanguage(): Language {
  const chosen = localStorage.getItem(storedAs);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((one) => one.slice(0, 2)).find(isLanguage) ?? 'en';
}

/** Loads the words of the preferred language. */
export async function loadWords(): Promise<void> {
  const language = preferredLanguage();
  const { words } = await load[language]();
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: words },
    interpolation: { escapeValue: false },
  });
}

/** Changes the language of the open page. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storedAs, language);
  const { words } = await load[language]();
  for (const [namespace, texts] of Object.entries(words)) i18next.addResourceBundle(language, namespace, texts);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
