/** How a list of persons names the customer whose token came with an event, by any id that the customer had. */
export const customerKey = (id: string): string => `customer:${id}`;
