import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import { Dependencies, InjectLogger, InjectMetrics, type Logger, type Metrics } from '@sestante/runtime';
import { Counter, Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { customersFrom, randomStart } from '../store/customer-ids.ts';
import { verifyCustomers } from './verify-customers.ts';

const everyMs = 60_000;
const customersAtOnce = 5;
/** A larger difference is no rounding: the log says so. */
export const largestRounding = 1e-6;

/** Verifies the scores of a few customers every minute, and reports the largest difference as a metric. */
@Injectable()
export class MeasureDifference implements OnApplicationShutdown {
  private readonly difference: Gauge;
  private readonly verified: Counter;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    dependencies: Dependencies,
    @InjectMetrics() { registry }: Metrics,
    @InjectLogger() private readonly logger: Logger,
  ) {
    const registers = [registry];
    this.difference = new Gauge({
      name: 'sestante_score_difference_points',
      help: 'The largest difference between stored scores and those computed from the activities, among the customers that were verified last.',
      registers,
    });
    this.verified = new Counter({
      name: 'sestante_verified_customers_total',
      help: 'Customers whose scores were computed from the activities and compared.',
      registers,
    });
    dependencies.whenReady(() => {
      this.timer ??= setInterval(() => void this.verifyFew(), everyMs).unref();
      return Promise.resolve();
    });
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Verifies some customers from a random one on. A failure is logged: the next time tries again. */
  async verifyFew(): Promise<void> {
    try {
      const live = await this.live.read();
      const from = await randomStart(this.dataSource, live.modelId);
      const asked = { from, most: customersAtOnce, atOnce: customersAtOnce };
      let largest = 0;
      for await (const customerIds of customersFrom(this.dataSource, live.modelId, asked)) {
        const verified = await verifyCustomers(this.dataSource, live, { customerIds, at: Date.now() });
        this.verified.inc(verified.length);
        for (const { customerId, difference } of verified) {
          largest = Math.max(largest, difference);
          if (difference > largestRounding)
            this.logger.error(
              { customerId, difference },
              'the stored scores of a customer are not those of its activities',
            );
        }
      }
      this.difference.set(largest);
    } catch (error) {
      this.logger.warn(`scores are not verified, the next minute tries again: ${reasonOf(error)}`);
    }
  }
}
