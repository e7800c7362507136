import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DatabaseModule } from '../database.module.ts';
import { accessMigrations, signingSecretTable } from './access-table.ts';
import { AccessGuard } from './access.guard.ts';
import { ApiKeysController } from './api-keys.controller.ts';
import { ApiKeys } from './api-keys.ts';
import { CustomerTokens } from './customer-tokens.ts';
import { ConfiguredApiKey } from './configured-api-key.ts';
import { FormerIds } from './former-ids.ts';
import { SessionsController } from './sessions.controller.ts';
import { Sessions } from './sessions.ts';

/** Authentication and authorization: API keys, sessions, customer tokens and the guard of all routes. */
@Global()
@Module({
  imports: [
    DatabaseModule.for({
      schema: 'access',
      entities: [signingSecretTable],
      migrations: accessMigrations,
      poolSize: 2,
    }),
  ],
  controllers: [ApiKeysController, SessionsController],
  providers: [
    ApiKeys,
    Sessions,
    CustomerTokens,
    FormerIds,
    ConfiguredApiKey,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [ApiKeys, CustomerTokens, FormerIds],
})
export class AccessModule {}
