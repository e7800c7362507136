import { nameUuid } from '@sestante/contracts';

/** The namespace of decision ids. They are derived from the cause: it leads to one decision, also if it is delivered again. */
const namespace = Buffer.from('d1d3c7c05e575a478e00000000000001', 'hex');

export const decisionIdOf = (causeActivityId: string): string => nameUuid(namespace, causeActivityId);
/** The id of the offer of a decision, if it has one. */
export const offerIdOf = (decisionId: string): string => nameUuid(namespace, decisionId);
