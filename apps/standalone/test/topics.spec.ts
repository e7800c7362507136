import { describe, expect, test } from '@jest/globals';
import { foreignTopics, topics } from '@sestante/contracts';
import { IngestModule } from '@sestante/ingest';
import { OffersModule } from '@sestante/offers';
import { ProfileModule } from '@sestante/profile';
import { ScoringModule } from '@sestante/scoring';
import { PATTERN_EXTRAS_METADATA } from '@nestjs/microservices/constants.js';
import { MODULE_METADATA } from '@nestjs/common/constants.js';

const services = { ingest: IngestModule, profile: ProfileModule, scoring: ScoringModule, offers: OffersModule };

/** The topics that handlers of a service declare with `@Handles`, by name. */
function handledBy(module: object): string[] {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as { prototype: object }[];
  return controllers.flatMap(({ prototype }) =>
    Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) => {
      const extras = typeof value === 'function' && Reflect.getMetadata(PATTERN_EXTRAS_METADATA, value);
      return extras ? [(extras as { handlerOptions: { topic: { name: string } } }).handlerOptions.topic.name] : [];
    }),
  );
}

const handled = Object.entries(services).flatMap(([service, module]) =>
  handledBy(module).map((topic) => ({ service, topic })),
);
/** A topic that is read without a group: every process of the service reads all of it. */
const tailed = { service: 'offers', topic: topics.offers.name };

describe.each(Object.values({ ...topics, ...foreignTopics }))('the topic $name', ({ name, consumers }) => {
  test('is read by its declared consumers, and by no other service', () => {
    const readers = [...handled, tailed].filter(({ topic }) => topic === name).map(({ service }) => service);
    expect(readers.sort()).toEqual([...consumers].sort());
  });
});

test('every event has an example', () => {
  for (const { events } of Object.values(topics))
    for (const { example } of Object.values(events)) expect(Object.keys(example).length).toBeGreaterThan(0);
});
