import { Module } from '@nestjs/common';
import { DatabaseModule } from '@sestante/runtime';
import { AcceptEvents } from './accept-events.ts';
import { CountEvents } from './count-events.ts';
import { FirstSource } from './first-source.ts';
import { RejectedController } from './rejected.controller.ts';
import { migrations } from './store/migrations.ts';
import { RejectedEvents } from './store/rejected-events.ts';
import { sourceTable } from './store/source.table.ts';
import { Sources } from './store/sources.ts';
import { TrackingController } from './tracking.controller.ts';

/** Takes events from sources, judges each, and keeps all of them. */
@Module({
  imports: [DatabaseModule.for({ schema: 'ingest', entities: [sourceTable], migrations })],
  controllers: [TrackingController, RejectedController],
  providers: [Sources, RejectedEvents, AcceptEvents, FirstSource, CountEvents],
})
export class IngestModule {}
