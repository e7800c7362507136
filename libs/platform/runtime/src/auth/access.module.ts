import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DatabaseModule } from '../database.module.ts';
import { accessMigrations, apiKeyTable, signingSecretTable } from './access-table.ts';
import { AccessGuard } from './access.guard.ts';
import { ApiKeys } from './api-keys.ts';
import { CustomerTokens } from './customer-tokens.ts';
import { FirstApiKey } from './first-api-key.ts';

/** Who may do what. */
@Global()
@Module({
  imports: [
    DatabaseModule.for({
      schema: 'access',
      entities: [apiKeyTable, signingSecretTable],
      migrations: accessMigrations,
      poolSize: 2,
    }),
  ],
  providers: [ApiKeys, CustomerTokens, FirstApiKey, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [ApiKeys, CustomerTokens],
})
export class AccessModule {}
