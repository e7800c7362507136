import { Module } from '@nestjs/common';
import { CrossOrigin, DatabaseModule } from '@sestante/runtime';
import { AcceptEvents } from './accept/accept-events.ts';
import { CountEvents } from './accept/count-events.ts';
import { EventMetrics } from './accept/event-metrics.ts';
import { PublishActivities } from './publish/publish-activities.ts';
import { RateLimits } from './accept/rate-limits.ts';
import { RecordVerdicts } from './accept/record-verdicts.ts';
import { ReadTokens } from './accept/read-tokens.ts';
import { CloudEventsController } from './cloudevents/cloud-events.controller.ts';
import { InboundHandler } from './cloudevents/inbound.handler.ts';
import { ExportEvents } from './export/export-events.handler.ts';
import { DryRun } from './imports/dry/dry-run.ts';
import { ImportAccess } from './imports/import-access.ts';
import { ImportsController } from './imports/imports.controller.ts';
import { Imports } from './imports/imports.ts';
import { StoreLines } from './imports/store-lines.ts';
import { ForgetLines } from './imports/corrected/forget-lines.ts';
import { ImportLines } from './imports/corrected/import-lines.ts';
import { ErasedPersons } from './erased/erased-persons.ts';
import { EraseEvents } from './erasure/erase-events.handler.ts';
import { MappingsController } from './imports/mappings/mappings.controller.ts';
import { Mappings } from './imports/mappings/mappings.ts';
import { TakeUploads } from './imports/take-uploads.ts';
import { IncompleteEvents } from './incomplete/incomplete-events.ts';
import { IncompleteController } from './incomplete/incomplete.controller.ts';
import { RecordIncomplete } from './incomplete/record-incomplete.ts';
import { LiveVerdicts } from './live/live-verdicts.ts';
import { LiveController } from './live/live.controller.ts';
import { migrations } from './migrations.ts';
import { ReceiptsController } from './receipts/receipts.controller.ts';
import { ForgetRejected } from './rejected/forget-rejected.ts';
import { StoreRefused } from './rejected/store-refused.handler.ts';
import { Redrive } from './rejected/redrive.ts';
import { RejectedEvents } from './rejected/rejected-events.ts';
import { RejectedController } from './rejected/rejected.controller.ts';
import { SettingsController } from './settings/settings.controller.ts';
import { Authenticate } from './sources/authenticate.ts';
import { FirstSource } from './sources/first-source.ts';
import { Senders } from './sources/senders.ts';
import { sourceKeyTable, sourceTable } from './sources/source.table.ts';
import { SourcesController } from './sources/sources.controller.ts';
import { Sources } from './sources/sources.ts';
import { TrackingController } from './tracking/tracking.controller.ts';
import { VocabularyController } from './vocabulary/vocabulary.controller.ts';

/** Accepts events from sources, judges each, and stores all of them. */
@Module({
  imports: [DatabaseModule.for({ schema: 'ingest', entities: [sourceTable, sourceKeyTable], migrations })],
  controllers: [
    TrackingController,
    CloudEventsController,
    ReceiptsController,
    ImportsController,
    MappingsController,
    IncompleteController,
    RejectedController,
    SourcesController,
    LiveController,
    VocabularyController,
    SettingsController,
    InboundHandler,
    StoreRefused,
    EraseEvents,
    ExportEvents,
  ],
  providers: [
    FirstSource,
    Authenticate,
    Senders,
    Sources,
    AcceptEvents,
    EventMetrics,
    RateLimits,
    PublishActivities,
    ReadTokens,
    RecordVerdicts,
    CountEvents,
    LiveVerdicts,
    ErasedPersons,
    RejectedEvents,
    IncompleteEvents,
    RecordIncomplete,
    Redrive,
    ForgetRejected,
    Imports,
    ImportAccess,
    Mappings,
    ImportLines,
    ForgetLines,
    StoreLines,
    DryRun,
    TakeUploads,
  ],
})
export class IngestModule {
  constructor(crossOrigin: CrossOrigin) {
    crossOrigin.allowAnyOrigin('/v1/', '/beacon/v1/', '/api/s/', '/projects/', '/sourceConfig');
  }
}
