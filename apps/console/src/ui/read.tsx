import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fault } from './fault.tsx';
import { Loading } from './loading.tsx';

interface ReadProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** What a query has read; until then that it loads, or what went wrong. What was read stays while it is read again. */
export function Read<Data>({ query, children }: ReadProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Fault error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
