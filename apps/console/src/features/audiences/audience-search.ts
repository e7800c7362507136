export const tabs = ['rule', 'members', 'overlap', 'versions'] as const;

/** What the address of an audience's page holds. */
export interface AudienceSearch {
  readonly tab?: (typeof tabs)[number] | undefined;
  /** The id of the audience that is compared with. */
  readonly other?: string | undefined;
}

/** Leaves out what is not valid. */
export function validateAudienceSearch({ tab, other }: Record<string, unknown>): AudienceSearch {
  return {
    ...(tabs.some((one) => one === tab) && { tab: tab as (typeof tabs)[number] }),
    ...(typeof other === 'string' && { other }),
  };
}
