import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import type { Rule } from '../../rules/query-of-rule.ts';
import type { CustomersSearch } from './customers-search.ts';

/** One customer of a list. */
export type CustomerRow = components['schemas']['CustomerScores'];

const pageSize = 50;

/** The customers for which the rule holds, page by page, all of one instant. */
export const useCustomers = ({ rule, sort = 'lastActivityAt', order = 'desc' }: CustomersSearch) =>
  useInfiniteQuery({
    queryKey: ['customers', rule, sort, order],
    queryFn: ({ pageParam: cursor }) => {
      const body = { sort, order, limit: pageSize, ...(rule && { rule }), ...(cursor !== undefined && { cursor }) };
      return dataOf(api.POST('/api/v1/customers/query', { body }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** For how many customers the rule holds now. */
export const useSize = (rule: Rule | undefined) =>
  useQuery({
    queryKey: ['size', rule],
    // A rule that holds for everybody: the API wants one.
    queryFn: () => dataOf(api.POST('/api/v1/audiences/preview', { body: { rule: rule ?? everybody } })),
    placeholderData: keepPreviousData,
  });

const everybody: Rule = { not: { all: [{ field: 'overall', operator: 'below', value: 0 }] } };

/** Customers who have an identifier, or whose name begins with the text. */
export const useFound = (text: string) =>
  useQuery({
    queryKey: ['found', text],
    enabled: text.length > 1,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/customers', { params: { query: { query: text } }, signal })),
  });
