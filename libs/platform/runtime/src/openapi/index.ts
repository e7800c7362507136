export type { Document, Operation } from './document.ts';
export { documentOf } from './document-of.ts';
