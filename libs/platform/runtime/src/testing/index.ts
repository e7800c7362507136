export { type Answered, type Documented, documented } from './documented.ts';
export { type Processes, startProcesses } from './processes.ts';
export { adminKey, type Answer, type ServiceUnderTest, startService } from './service.ts';
