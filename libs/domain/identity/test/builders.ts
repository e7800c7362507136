import type { Identifier } from '../src/index.ts';

export const account = (value: string): Identifier => ({ kind: 'user_id', value });
export const card = (value: string): Identifier => ({ kind: 'loyalty_card', value });
export const mailbox = (value: string): Identifier => ({ kind: 'email', value });
export const browser = (value: string): Identifier => ({ kind: 'anonymous_id', value });
export const device = (value: string): Identifier => ({ kind: 'device_id', value });
