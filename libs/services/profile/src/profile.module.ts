import { Module } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { DatabaseModule } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { CountCustomers } from './count-customers.ts';
import { CustomerTokensController } from './customer-tokens.controller.ts';
import { CustomersController } from './customers.controller.ts';
import { ForgetOldIds } from './forget-old-ids.ts';
import { RemoveOldActivities } from './remove-old-activities.ts';
import { ResolveActivities } from './resolve-activities.handler.ts';
import { Customers } from './store/customers.ts';
import { migrations } from './store/migrations.ts';
import { Timeline, timelineMonths } from './store/timeline.ts';

/** Resolves activities to customers. Stores identifiers, members, customers and their timelines. */
@Module({
  imports: [DatabaseModule.for({ schema: 'profile', migrations })],
  controllers: [ResolveActivities, CustomersController, CustomerTokensController],
  providers: [
    { provide: MonthlyPartitions, inject: [DataSource], useFactory: timelineMonths },
    Customers,
    Timeline,
    CountCustomers,
    RemoveOldActivities,
    ForgetOldIds,
  ],
})
export class ProfileModule {}
