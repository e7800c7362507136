import type { Caller, Role } from '@sestante/runtime';

/** Whether callers with the role see personal data of customers in full. Others see it masked. */
export const roleSeesInFull = (role: Role) => role === 'admin' || role === 'clerk';

/** The same for a caller. A customer sees its own data in full. */
export const seesInFull = (caller: Caller) => caller.kind === 'customer' || roleSeesInFull(caller.role);
