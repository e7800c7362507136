import { Module } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { CrossOrigin, DatabaseModule, FormerIds } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { Catalogue } from './catalogue.ts';
import { ContactPolicyController } from './contact-policy.controller.ts';
import { CountOffers } from './count-offers.ts';
import { DecideOffers } from './decide-offers.handler.ts';
import { ExportOffers } from './export-offers.handler.ts';
import { ForgetDecisions } from './forget-decisions.ts';
import { OfferStreams } from './offer-streams.ts';
import { OffersController } from './offers.controller.ts';
import { MissingOffers } from './missing-offers.ts';
import { decisionTable } from './store/decisions.ts';
import { findPresentId } from './store/members.ts';
import { migrations } from './store/migrations.ts';
import { TemplatesController } from './templates.controller.ts';
import { templateTable } from './store/template.table.ts';

const decisionMonths = {
  provide: MonthlyPartitions,
  inject: [DataSource],
  useFactory: (dataSource: DataSource) => new MonthlyPartitions(dataSource, decisionTable),
};

/** Decides on offers that benefit both sides, or on none, and streams them live. */
@Module({
  imports: [DatabaseModule.for({ schema: 'offers', entities: [templateTable], migrations })],
  controllers: [DecideOffers, OffersController, TemplatesController, ContactPolicyController, ExportOffers],
  providers: [Catalogue, OfferStreams, CountOffers, MissingOffers, decisionMonths, ForgetDecisions],
})
export class OffersModule {
  constructor(crossOrigin: CrossOrigin, formerIds: FormerIds, dataSource: DataSource) {
    formerIds.findBy((customerId) => findPresentId(dataSource, customerId));
    crossOrigin.allowConfiguredOrigins(
      ...['offers', 'offers/stream', 'decisions'].map((path) => `/api/v1/customers/:id/${path}`),
    );
  }
}
