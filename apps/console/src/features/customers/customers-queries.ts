import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { sendJson } from '../../api/json.ts';
import type { Element, ElementScore } from '../../pictures/elements.ts';
import type { Rule } from '../../rules/query-of-rule.ts';
import type { CustomersSearch } from './customers-search.ts';

/** One customer of a list. */
export interface CustomerRow {
  readonly customerId: string;
  readonly overall: number | null;
  readonly loyal: boolean | null;
  readonly lastActivityAt: string | null;
  readonly channels: readonly string[];
  readonly elements: Readonly<Record<Element, ElementScore>>;
}

interface CustomersPage {
  readonly items: readonly CustomerRow[];
  readonly next: string | null;
}

const pageSize = 50;

/** The customers for which the rule holds, page by page, all of one instant. */
export const useCustomers = ({ rule, sort = 'lastActivityAt', order = 'desc' }: CustomersSearch) =>
  useInfiniteQuery({
    queryKey: ['customers', rule, sort, order],
    queryFn: ({ pageParam: cursor }) =>
      sendJson<CustomersPage>('post', '/api/v1/customers/query', {
        sort,
        order,
        limit: pageSize,
        ...(rule && { rule }),
        ...(cursor !== undefined && { cursor }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

export interface AudienceSize {
  readonly count: number;
  /** All customers. */
  readonly of: number;
}

/** For how many customers the rule holds now. */
export const useSize = (rule: Rule | undefined) =>
  useQuery({
    queryKey: ['size', rule],
    // A rule that holds for everybody: the API wants one.
    queryFn: () => sendJson<AudienceSize>('post', '/api/v1/audiences/preview', { rule: rule ?? everybody }),
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
