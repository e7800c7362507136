import { expect } from '@jest/globals';
import { type ErasingService, sealErasureDone, topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { anActivity, mail, minutesAfterNoon, user, visitor } from '../builders.ts';
import type { Service } from '../service.ts';

/** The services that report what they removed to this one. */
export const others: readonly ErasingService[] = ['ingest', 'scoring', 'offers'];

let count = 0;

/** Erasures of customers of a service, by default with the key of a clerk. */
export function erasing(of: () => { readonly service: Service; readonly clerk: string }) {
  /** A customer with an account, a browser and a mailbox, traits, consents, a note, and a refused link with somebody else. */
  async function aCustomer() {
    const name = `xq${++count}zw`;
    const identifiers = [user(name), visitor(`${name}-browser`), mail(`${name}@example.org`)];
    await of().service.publishActivities(
      anActivity({ identifiers, traits: { name: `Ada ${name}`, city: `${name}ville` } }),
      anActivity({ identifiers: [user(name)], name: 'consent.updated', properties: { offers: true, comment: name } }),
      anActivity({
        identifiers: [user(`friend of ${count}`), visitor(`${name}-browser`)],
        timestamp: minutesAfterNoon(1),
      }),
    );
    const id = await of().service.idOf('user_id', name);
    const { body } = await of().service.post('/api/v1/customer-tokens', { customerId: id });
    const note = { kind: 'note', text: `${name} likes tea`, audience: 'customer' };
    expect((await of().service.post(`/api/v1/customers/${id}/notes`, note, of().clerk)).status).toBe(201);
    return { id, name, token: body.token as string };
  }

  const ask = (id: string, body: unknown, credential = of().clerk) =>
    of().service.post(`/api/v1/customers/${id}/erasure`, body, credential);
  const erase = (id: string, credential = of().clerk) => ask(id, { confirm: true }, credential);
  const receiptOf = (erasureId: string) => of().service.get(`/api/v1/erasures/${erasureId}`, '');
  const report = (erasureId: string, by: ErasingService, removed = [{ what: 'things', count: 3 }]) =>
    of().service.handled(topics.erasureResults.name, [
      sealErasureDone({ erasureId, service: by, part: 0, removed, doneAt: new Date().toISOString() }),
    ]);
  const profileDone = (erasureId: string) =>
    eventually(async () => {
      const { body } = await receiptOf(erasureId);
      expect((body.removed as { service: string }[]).some((one) => one.service === 'profile')).toBe(true);
      return body;
    });
  return { aCustomer, ask, erase, receiptOf, report, profileDone };
}
