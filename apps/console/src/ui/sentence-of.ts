import i18next from 'i18next';
import { ApiError } from '../api/client.ts';

/** What happened and what to do, in the reader's language if we know it; otherwise in the words of the API. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return String((error as Error).message);
  const key = `ui:problem.${error.code}`;
  if (i18next.exists(key)) return i18next.t(key as never);
  return error.message || i18next.t('ui:problem.unknown' as never);
}
