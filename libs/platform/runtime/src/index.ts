export {
  AnyCustomerOrRoles,
  Roles,
  CustomerOrRoles,
  Public,
  PublicWithWriteKey,
  type Role,
  roles,
} from './access/access.ts';
export { apiKeyOf } from './access/access.guard.ts';
export { ApiKeys, type KeyHolder } from './access/api-keys.ts';
export { fingerprintOf, hashOf, newSecret } from './access/secrets.ts';
export { type Caller, CallerAccess, CustomerId, type KeyCaller } from './access/caller-access.ts';
export { CustomerTokens } from './access/customer-tokens.ts';
export { FormerIds } from './access/former-ids.ts';
export { Audited } from './audit/audited.ts';
export {
  type Actor,
  actorOf,
  addAuditEntries,
  type AuditedAction,
  auditedActions,
  AuditLog,
} from './audit/audit-log.ts';
export { boot, exitWithError, run, type RunningProcess, stopOnSignals } from './boot.ts';
export { Config, InvalidConfig, parseConfig, minKeyLength, variables } from './config.ts';
export { secretFiles } from './config/secrets.ts';
export { DatabaseModule } from './database.module.ts';
export { DeadLetters } from './dead-letters/dead-letters.ts';
export { Dependencies } from './dependencies.ts';
export { eraseOnce } from './erase-once.ts';
export { dropErasedIdentifierTables, ErasedIdentifiers, erasedIdentifierTables } from './erased-identifiers.ts';
export type { ExportFile } from './exports/parts-of.ts';
export { type ExportSource, sendExport } from './exports/send-export.ts';
export { HourlyJobs } from './hourly-jobs.ts';
export { bodyOf, ReadsBody } from './http/body-stream.ts';
export { Direct } from './direct.ts';
export { contentTypeOf } from './http/content-type.ts';
export { answerHead, startEventStream, takeOverResponse } from './http/event-stream.ts';
export { OpenEventStream } from './http/open-event-stream.ts';
export { CrossOrigin } from './http/cross-origin.ts';
export { FromDigits } from './http/from-digits.ts';
export { ItemLimit, PageLimit, usualPageLimit } from './http/page-limit.ts';
export { customerErased, notFound, Problem } from './http/problem.ts';
export type { Logger } from './logger.ts';
export type { Metrics } from './observe/metrics.ts';
export { Retention } from './retention.ts';
export { Stats } from './observe/stats.ts';
export { ApiProblem } from './openapi/api-problem.ts';
export { jsonSchema } from './openapi/json-schema.ts';
export { InjectConfig, InjectLogger, InjectMetrics, InjectStream } from './tokens.ts';
export { isUnmistakable } from './unmistakable.ts';
