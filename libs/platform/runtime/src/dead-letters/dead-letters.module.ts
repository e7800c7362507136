import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database.module.ts';
import { DeadLetterMetrics } from './dead-letter-metrics.ts';
import { migrations } from './dead-letter-table.ts';
import { DeadLettersController } from './dead-letters.controller.ts';
import { DeadLetters } from './dead-letters.ts';
import { RemoveOldDeadLetters } from './remove-old-dead-letters.ts';
import { StoreDeadLetters } from './store-dead-letters.ts';
import { RedriveDeadLetters } from './redrive-dead-letters.ts';

/** Stores, lists, redrives and removes dead letters. */
@Global()
@Module({
  imports: [DatabaseModule.for({ schema: 'letters', migrations, poolSize: 2 })],
  controllers: [DeadLettersController],
  providers: [DeadLetters, StoreDeadLetters, RedriveDeadLetters, RemoveOldDeadLetters, DeadLetterMetrics],
  exports: [DeadLetters, StoreDeadLetters],
})
export class DeadLettersModule {}
