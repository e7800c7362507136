/** What the address of the page says. */
export interface SourceSearch {
  /** The id of the open source. */
  readonly source?: string;
  /** The code of the rejected events that are listed. */
  readonly code?: string;
}

export const validateSourceSearch = ({ source, code }: Record<string, unknown>): SourceSearch => ({
  ...(typeof source === 'string' && { source }),
  ...(typeof code === 'string' && { code }),
});
