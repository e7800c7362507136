import { Module } from '@nestjs/common';
import { DatabaseModule } from '@sestante/runtime';
import { AcceptEvents } from './accept/accept-events.ts';
import { CountEvents } from './accept/count-events.ts';
import { FirstSource } from './sources/first-source.ts';
import { RejectedController } from './rejected/rejected.controller.ts';
import { migrations } from './migrations.ts';
import { RejectedEvents } from './rejected/rejected-events.ts';
import { Senders } from './sources/senders.ts';
import { sourceKeyTable, sourceTable } from './sources/source.table.ts';
import { SourcesController } from './sources/sources.controller.ts';
import { Sources } from './sources/sources.ts';
import { TrackingController } from './tracking/tracking.controller.ts';

/** Takes events from sources, judges each, and keeps all of them. */
@Module({
  imports: [DatabaseModule.for({ schema: 'ingest', entities: [sourceTable, sourceKeyTable], migrations })],
  controllers: [TrackingController, SourcesController, RejectedController],
  providers: [Senders, Sources, RejectedEvents, AcceptEvents, FirstSource, CountEvents],
})
export class IngestModule {}
