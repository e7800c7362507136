import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

const maxRetries = 2;

/** Only what may succeed later is asked again. */
const mayRetry = (count: number, error: unknown) =>
  count < maxRetries && (!(error instanceof ApiError) || [0, 429, 503].includes(error.status));

/** What the API has answered, kept between pages. */
export const queries = new QueryClient({
  defaultOptions: { queries: { retry: mayRetry, staleTime: 5_000, refetchOnWindowFocus: false } },
});
