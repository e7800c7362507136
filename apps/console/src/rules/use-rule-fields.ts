import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/json.ts';
import type { RuleField } from './field.ts';

/** The fields that rules over customers may ask for. They change with the server's configuration only. */
export const useRuleFields = () =>
  useQuery({
    queryKey: ['rule-fields'],
    queryFn: ({ signal }) => getJson<{ readonly items: readonly RuleField[] }>('/api/v1/rules/fields', {}, signal),
    staleTime: Infinity,
  });
