export { documentOf } from './document-of.ts';
export type { Document, Operation } from './document.ts';
export { type Answered, type Documented, documented } from './documented.ts';
export { codesOf } from './problem-response.ts';
