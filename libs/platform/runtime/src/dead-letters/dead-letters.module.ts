import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database.module.ts';
import { CountDeadLetters } from './count-dead-letters.ts';
import { migrations } from './dead-letter-table.ts';
import { DeadLettersController } from './dead-letters.controller.ts';
import { DeadLetters } from './dead-letters.ts';
import { ForgetDeadLetters } from './forget-dead-letters.ts';
import { KeepDeadLetters } from './keep-dead-letters.ts';
import { RedriveDeadLetters } from './redrive-dead-letters.ts';

/** What handlers could not use. */
@Global()
@Module({
  imports: [DatabaseModule.for({ schema: 'letters', migrations, poolSize: 2 })],
  controllers: [DeadLettersController],
  providers: [DeadLetters, KeepDeadLetters, RedriveDeadLetters, ForgetDeadLetters, CountDeadLetters],
  exports: [DeadLetters, KeepDeadLetters],
})
export class DeadLettersModule {}
