import { Injectable } from '@nestjs/common';
import { InjectLogger, InjectMetrics, type Logger, type Metrics } from '@sestante/runtime';
import { Counter } from 'prom-client';
import type { Answer } from './store/answers.ts';

/** Counts and logs answers to offers that the customer does not have: for example, a till redeemed a code that is not the customer's. */
@Injectable()
export class MissingOffers {
  private readonly answers: Counter<'status'>;

  constructor(
    @InjectMetrics() { registry }: Metrics,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.answers = new Counter({
      name: 'sestante_answers_to_missing_offers_total',
      help: 'Answers to offers that the customer does not have, by status.',
      labelNames: ['status'],
      registers: [registry],
    });
  }

  count(answers: readonly Answer[]): void {
    for (const { customerId, status } of answers) {
      this.answers.inc({ status });
      this.logger.warn({ customerId, status }, 'an answer names an offer that its customer does not have');
    }
  }
}
