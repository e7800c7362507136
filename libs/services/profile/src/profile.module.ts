import { Module } from '@nestjs/common';
import { DatabaseModule } from '@sestante/runtime';
import { CountCustomers } from './count-customers.ts';
import { CustomerTokensController } from './customer-tokens.controller.ts';
import { CustomersController } from './customers.controller.ts';
import { ResolveActivities } from './resolve-activities.handler.ts';
import { Customers } from './store/customers.ts';
import { migrations } from './store/migrations.ts';
import { Timeline } from './store/timeline.ts';

/** Resolves activities to customers. Stores identifiers, members, customers and their timelines. */
@Module({
  imports: [DatabaseModule.for({ schema: 'profile', migrations })],
  controllers: [ResolveActivities, CustomersController, CustomerTokensController],
  providers: [Customers, Timeline, CountCustomers],
})
export class ProfileModule {}
