import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { elements } from '../pictures/elements.ts';
import type { RuleField } from './field.ts';
import { useNames } from '../pictures/use-names.ts';

/** The words for a field: “Trust: mood” for `trust.mood`. A field without words of its own is shown by its name. */
export function useFieldLabel(): (field: Pick<RuleField, 'name'>) => string {
  const { t } = useTranslation('rules');
  const names = useNames();
  return useCallback(
    ({ name }) => {
      const [first = '', ...others] = name.split('.');
      const rest = others.join('.');
      if ((elements as readonly string[]).includes(first)) return `${names.element(first)}: ${names.part(rest)}`;
      if (first === 'consents') return t('consent', { subject: names.consent(rest) });
      if (first === 'attributes') return t(`attribute.${rest}`, rest);
      return t(`field-name.${name}`, name);
    },
    [t],
  );
}
