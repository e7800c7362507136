import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { sentenceOf } from './sentence-of.ts';

/** Shows what went wrong in a corner, until it is closed. */
export const showError = (error: unknown): void =>
  void notifications.show({
    title: i18next.t('ui:fault' as never),
    message: sentenceOf(error),
    color: 'red',
    autoClose: false,
    closeButtonProps: { 'aria-label': i18next.t('ui:close' as never) },
  });

/** Shows that something was done. */
export const showDone = (message: string): void =>
  void notifications.show({
    message,
    color: 'teal',
    closeButtonProps: { 'aria-label': i18next.t('ui:close' as never) },
  });
