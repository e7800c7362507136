export { documentOf } from './document-of.ts';
export type { Document, Operation } from './document.ts';
export { type ObservedResponse, type ResponseChecker, responseChecker } from './response-checker.ts';
export { codesOf } from './problem-response.ts';
