import { Module } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { CrossOrigin, DatabaseModule, FormerIds } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { AuditController } from './audit.controller.ts';
import { BlockedIdentifiersController } from './blocked-identifiers.controller.ts';
import { CustomerContactPolicyController } from './contact-policy/contact-policy.controller.ts';
import { TraitsController } from './corrections/traits.controller.ts';
import { CountCustomers } from './count-customers.ts';
import { CustomerTokensController } from './customer-tokens.controller.ts';
import { CustomersController } from './customers.controller.ts';
import { CountErasures } from './erasure/count-erasures.ts';
import { EraseCustomers } from './erasure/erase-customers.ts';
import { EraseHistory } from './erasure/erase-history.handler.ts';
import { ErasuresController } from './erasure/erasures.controller.ts';
import { StoreErasureResults } from './erasure/store-results.handler.ts';
import { TellErasures } from './erasure/tell-erasures.ts';
import { CollectExports } from './export/collect-exports.handler.ts';
import { ExportParts } from './export/export-parts.ts';
import { Exports } from './export/exports.ts';
import { ExportsController } from './export/exports.controller.ts';
import { OwnFiles } from './export/own-files.ts';
import { RemoveOldExports } from './export/remove-old-exports.ts';
import { RequestExports } from './export/request-exports.ts';
import { WriteExport } from './export/write-export.ts';
import { ForgetOldIds } from './forget-old-ids.ts';
import { IdentityController } from './identity.controller.ts';
import { Merges } from './merges.ts';
import { Notes } from './notes/notes.ts';
import { NotesController } from './notes/notes.controller.ts';
import { RemoveExpiredNotes } from './notes/remove-expired-notes.ts';
import { OwnActivities } from './own-activities/own-activities.ts';
import { RemoveOldActivities } from './remove-old-activities.ts';
import { ResolveActivities } from './resolve-activities.handler.ts';
import { RetentionController } from './retention.controller.ts';
import { SearchController } from './search/search.controller.ts';
import { SearchCustomers } from './search/search-customers.ts';
import { Customers } from './store/customers.ts';
import { IdentityGraph } from './store/identity-graph.ts';
import { migrations } from './store/migrations.ts';
import { Timeline, timelineMonths } from './store/timeline.ts';
import { TellMoves } from './tell-moves.ts';

/** What a page of the shop may call with the token of its customer. */
const ofCustomers = [
  '',
  '/timeline',
  '/notes',
  '/notes/:noteId',
  '/traits',
  '/contact-policy',
  '/consents',
  '/erasure',
  '/exports',
];
const routesForPages = [
  ...ofCustomers.map((path) => `/api/v1/customers/:id${path}`),
  '/api/v1/exports/:exportId',
  '/api/v1/exports/:exportId/file',
  '/api/v1/erasures/:erasureId',
];

/** Resolves activities to customers. Stores identifiers, members, customers and their timelines. */
@Module({
  imports: [DatabaseModule.for({ schema: 'profile', migrations })],
  controllers: [
    ResolveActivities,
    CustomersController,
    SearchController,
    NotesController,
    CustomerContactPolicyController,
    TraitsController,
    IdentityController,
    BlockedIdentifiersController,
    CustomerTokensController,
    AuditController,
    ErasuresController,
    EraseHistory,
    StoreErasureResults,
    CollectExports,
    ExportsController,
    RetentionController,
  ],
  providers: [
    { provide: MonthlyPartitions, inject: [DataSource], useFactory: timelineMonths },
    Customers,
    Timeline,
    IdentityGraph,
    Merges,
    OwnActivities,
    TellMoves,
    SearchCustomers,
    Notes,
    CountCustomers,
    RemoveOldActivities,
    ForgetOldIds,
    RemoveExpiredNotes,
    EraseCustomers,
    TellErasures,
    CountErasures,
    Exports,
    ExportParts,
    OwnFiles,
    RequestExports,
    WriteExport,
    RemoveOldExports,
  ],
})
export class ProfileModule {
  constructor(crossOrigin: CrossOrigin, formerIds: FormerIds, customers: Customers) {
    crossOrigin.allowConfiguredOriginsToChange(...routesForPages);
    formerIds.findBy((customerId) => customers.currentId(customerId));
  }
}
