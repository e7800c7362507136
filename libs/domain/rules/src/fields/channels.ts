/** The channels in which customers deal with the retailer. */
export const channels: readonly string[] = ['web', 'mobile', 'store', 'service', 'other'];
