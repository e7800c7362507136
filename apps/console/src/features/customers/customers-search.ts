import { type Element, elements } from '../../pictures/elements.ts';
import { isRule, type Rule } from '../../rules/query-of-rule.ts';

export const parts = ['bond', 'mood', 'drop', 'confidence'] as const;
export type Part = (typeof parts)[number];
export type SortKey = 'lastActivityAt' | 'overall' | `${Element}.${Part}`;

/** What the list can be sorted by. */
export const sortKeys: readonly SortKey[] = [
  'lastActivityAt',
  'overall',
  ...elements.flatMap((element) => parts.map((part): SortKey => `${element}.${part}`)),
];

/** What the address of the list of customers holds. */
export interface CustomersSearch {
  /** A text that is searched for: an identifier or the beginning of a name. */
  readonly text?: string | undefined;
  readonly rule?: Rule | undefined;
  readonly sort?: SortKey | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** The part of each element that the columns show. */
  readonly part?: Part | undefined;
  /** The elements that have a column; all if absent. */
  readonly columns?: readonly Element[] | undefined;
}

/** Leaves out what is not valid. */
export function validateCustomersSearch(search: Record<string, unknown>): CustomersSearch {
  const { text, rule, sort, order, part, columns } = search;
  const chosen = Array.isArray(columns) ? elements.filter((element) => columns.includes(element)) : undefined;
  return {
    ...(text !== undefined && text !== '' && { text: String(text).slice(0, 100) }),
    ...(isRule(rule) && { rule }),
    ...(sortKeys.some((key) => key === sort) && { sort: sort as SortKey }),
    ...((order === 'asc' || order === 'desc') && { order }),
    ...(parts.some((one) => one === part) && { part: part as Part }),
    ...(chosen && { columns: chosen }),
  };
}
