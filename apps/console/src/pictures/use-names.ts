import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** The names of what the domain tells apart, in the reader's language. A name that we have no words for is returned as it is. */
export interface Names {
  readonly element: (name: string) => string;
  /** What a customer asks about an element. */
  readonly question: (element: string) => string;
  readonly part: (name: string) => string;
  readonly channel: (name: string) => string;
  /** A purpose of contact or a channel for it. */
  readonly consent: (subject: string) => string;
  /** A contribution that is no rule's. */
  readonly contribution: (name: string) => string;
}

export function useNames(): Names {
  const { t } = useTranslation('pictures');
  return useMemo(
    () => ({
      element: (name) => t(`element.${name}`, name),
      question: (element) => t(`question.${element}`, element),
      part: (name) => t(`part.${name}`, name),
      channel: (name) => t(`channel.${name}`, name),
      consent: (subject) => t(`consent.${subject}`, subject),
      contribution: (name) => t(`contribution.${name}`, name),
    }),
    [t],
  );
}
