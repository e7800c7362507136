import { eventually } from '@sestante/streaming/testing';
import { anActOf, daysAfter, idOf } from '../builders.ts';
import { type Service, startScoring } from '../service.ts';

/** The service with 30 customers, some of whom were promised much, and what a marketer does with models. */
export async function startWithCustomers() {
  const service: Service = await startScoring();
  await service.publishActivities(
    ...Array.from({ length: 30 }, (_, index) => [
      anActOf(`customer ${index}`, { timestamp: daysAfter(-index) }),
      anActOf(`customer ${index}`, { name: 'promise.broken', timestamp: daysAfter(-2 * index) }),
      anActOf(`customer ${index}`, { name: 'page.viewed' }),
    ]).flat(),
    ...Array.from({ length: 10 }, () => anActOf('customer 3', { name: 'promise.broken', timestamp: daysAfter(-1) })),
  );
  const post = (version: string, rest: string, body: object = {}) => service.post(path(version, rest), body);
  return {
    ...service,
    postTo: post,
    /** A draft in which broken promises weigh more than in the first model, and page views are good for control. Resolves to the status. */
    async addDraft(version: string, weight = 9): Promise<number> {
      const { body } = await service.get(path('retail-2'));
      const broken = body.document.rules.find((rule: { activity: string }) => rule.activity === 'promise.broken');
      const rules = [
        ...body.document.rules.filter((rule: unknown) => rule !== broken),
        { ...broken, signals: [{ element: 'trust', weight, valence: 0 }] },
        {
          ...broken,
          activity: 'page.viewed',
          when: undefined,
          signals: [{ element: 'control', weight: 1, valence: 1 }],
        },
      ];
      return (await service.post('/api/v1/models', { ...body.document, version, rules })).status;
    },
    /** Starts the shadow, and resolves to its last response. */
    async doneShadow(version: string) {
      const { status } = await post(version, '/shadow');
      if (status !== 202) throw new Error(`The start of the shadow was answered with ${status}.`);
      return eventually(async () => {
        const { body } = await service.get(path(version, '/shadow'));
        if (body.state !== 'done') throw new Error(`The shadow is ${JSON.stringify(body)}`);
        return body;
      });
    },
    async liveVersion(): Promise<string> {
      const { body } = await service.get('/api/v1/models');
      return body.items.find(({ status }: { status: string }) => status === 'live').version;
    },
    scoresOf: async (name: string, query = '') =>
      (await service.get(`/api/v1/customers/${idOf(name)}/scores${query}`)).body,
  };
}

export const path = (version: string, rest = '') => `/api/v1/models/${version}${rest}`;
