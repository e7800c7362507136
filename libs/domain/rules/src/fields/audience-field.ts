import type { Field } from './field.ts';

/** The audiences that the customer belongs to, by their ids. */
export const audienceField: Field = { name: 'audience', type: 'membership' };
