import { useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';

/** The fields that rules over customers may ask for. They change with the server's configuration only. */
export const useRuleFields = () =>
  useQuery({
    queryKey: ['rule-fields'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/rules/fields', { signal })),
    staleTime: Infinity,
  });
