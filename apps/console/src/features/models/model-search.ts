export const modelViews = ['rules', 'document', 'try', 'compare'] as const;
export type ModelView = (typeof modelViews)[number];

/** What the address of a model's page says. */
export interface ModelSearch {
  readonly view: ModelView;
  /** What the table of rules is searched for. */
  readonly find?: string;
  /** The customer that the model is tried on. */
  readonly customer?: string;
}

export const validateModelSearch = ({ view, find, customer }: Record<string, unknown>): ModelSearch => ({
  view: modelViews.find((one) => one === view) ?? 'rules',
  ...(typeof find === 'string' && find !== '' && { find }),
  ...(typeof customer === 'string' && customer !== '' && { customer }),
});

/** The model that a new draft is copied from. */
export const validateDraftSearch = ({ from }: Record<string, unknown>): { readonly from?: string } =>
  typeof from === 'string' ? { from } : {};
