export { createAuditLog } from './audit-log.ts';
export { type Processes, startProcesses } from './processes.ts';
export { adminKey, type Answer, type ServiceUnderTest, startService } from './service.ts';
export { type ExportedFiles, readExport } from './read-export.ts';
export { withBrowser } from './with-browser.ts';
export { openStream, type ServerSentEvent, type StreamClient } from './stream-client.ts';
