export type { Document, Operation } from './document.ts';
export { documentOf } from './document-of.ts';
export { type Answered, type Documented, documented } from './documented.ts';
