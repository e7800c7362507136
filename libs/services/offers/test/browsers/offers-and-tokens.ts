import { Module } from '@nestjs/common';
import { CustomerTokens } from '@sestante/runtime';
import { type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { OffersModule } from '../../src/offers.module.ts';
import { idOf } from '../builders.ts';

/** The service of offers, with tokens of its customers. */
export interface OffersAndTokens {
  readonly service: ServiceUnderTest;
  /** A token of a customer, valid for a minute. */
  tokenOf(name: string): Promise<string>;
}

export async function startOffersAndTokens(settings: Readonly<Record<string, string>>): Promise<OffersAndTokens> {
  let tokens: CustomerTokens;

  @Module({ imports: [OffersModule] })
  class WithTokens {
    constructor(given: CustomerTokens) {
      tokens = given;
    }
  }
  const service = await startService(WithTokens, settings);
  return { service, tokenOf: (name) => tokens.issue(idOf(name), 60) };
}
