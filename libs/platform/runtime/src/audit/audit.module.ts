import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database.module.ts';
import { AuditLog } from './audit-log.ts';
import { migrations } from './audit-table.ts';

/** Notes who reads personal data of customers, or acts for them. All services write one log. */
@Global()
@Module({
  imports: [DatabaseModule.for({ schema: 'audit', migrations, poolSize: 2 })],
  providers: [AuditLog],
  exports: [AuditLog],
})
export class AuditModule {}
