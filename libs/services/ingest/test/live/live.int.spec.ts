import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mostShown } from '../../src/live/recent-verdicts.ts';
import { anotherEvent } from '../builders.ts';
import { apiKey, basic, type Ingest, type MadeSource, problemOf, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

interface Shown {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

const send = ({ writeKey }: MadeSource, ...batch: unknown[]) =>
  ingest.post('/v1/batch', JSON.stringify({ batch }), basic(writeKey));
const path = (id: string) => `${ingest.url}/api/v1/sources/${id}/live`;
const headers = { authorization: `Bearer ${apiKey}` };

/** A view of the source; `next` resolves when it has shown this many verdicts. */
async function watch({ id }: MadeSource) {
  const leaving = new AbortController();
  const response = await fetch(path(id), { headers, signal: leaving.signal });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const shown: Shown[] = [];
  const read = async () => {
    text += (await reader.read()).value ?? '';
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const [, event, data] = /event: (\w+)\ndata: (.*)/.exec(block) ?? [];
      if (event) shown.push({ event, data: JSON.parse(data!) as Record<string, unknown> });
    }
  };
  return {
    async next(count: number): Promise<Shown[]> {
      while (shown.length < count) await read();
      return shown.splice(0, count);
    },
    leave: () => leaving.abort(),
  };
}

describe('the live view of a source', () => {
  test('shows the verdict on each event, without personal data', async () => {
    const source = await ingest.aSource({ key: 'browser' });
    const view = await watch(source);
    const context = { traits: { email: 'ada@example.org' } };
    const good = anotherEvent({ messageId: 'good', anonymousId: 'visit', context });
    await send(source, good, { messageId: 'bad', type: 'track', event: 7, userId: 'ada' }, 5, good);
    const shown = await view.next(4);
    expect(shown.map(({ data }) => data)).toEqual([
      {
        receivedAt: expect.any(String),
        verdict: 'accepted',
        messageId: 'good',
        name: 'order.completed',
        channel: 'web',
        timestamp: expect.any(String),
        identifiers: ['user_id', 'anonymous_id', 'email (weak)'],
      },
      expect.objectContaining({ verdict: 'rejected', messageId: 'bad', name: 'track', code: 'name-missing' }),
      expect.objectContaining({ verdict: 'rejected', messageId: null, name: null, code: 'invalid-shape' }),
      expect.objectContaining({ verdict: 'repeated', messageId: 'good' }),
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/ada/);
    view.leave();
  });

  test('marks a name that is not in the vocabulary', async () => {
    const source = await ingest.aSource();
    const view = await watch(source);
    const events = ['Order Complete', 'Gift Wrapped', 'Order Completed', 'Order Confirmed', 'GA4 purchase'];
    await send(source, ...events.map((event) => anotherEvent({ event })));
    const [slip, own, order, confirmed, ga4] = (await view.next(5)).map(({ data }) => data);
    expect(slip).toMatchObject({ name: 'order.complete', isCustom: true, similarTo: 'order.completed' });
    expect(own).toMatchObject({ name: 'gift.wrapped', isCustom: true });
    for (const one of [confirmed, ga4]) expect(one).toMatchObject({ similarTo: 'order.completed' });
    for (const one of [own, order]) expect(one).not.toHaveProperty('similarTo');
    expect(order).not.toHaveProperty('isCustom');
    view.leave();
  });

  test('starts with the last verdicts of this source', async () => {
    const [source, other] = [await ingest.aSource(), await ingest.aSource()];
    await send(other, anotherEvent({ messageId: 'of another' }));
    await send(source, anotherEvent({ messageId: 'before' }));
    const view = await watch(source);
    expect((await view.next(1))[0]!.data).toMatchObject({ messageId: 'before' });
    await send(source, anotherEvent({ messageId: 'after' }));
    expect((await view.next(1))[0]!.data).toMatchObject({ messageId: 'after' });
    view.leave();
  });

  test('shows a rejected event among many accepted ones', async () => {
    const source = await ingest.aSource();
    const view = await watch(source);
    const good = Array.from({ length: 300 }, (_, number) => anotherEvent({ messageId: `good-${number}` }));
    await send(source, anotherEvent({ messageId: 'bad', userId: undefined }), ...good);
    const [bad, skipped] = await view.next(mostShown + 2);
    expect(bad!.data).toMatchObject({ messageId: 'bad', verdict: 'rejected' });
    expect(skipped).toEqual({ event: 'skipped', data: { count: 300 - mostShown } });
    view.leave();
  });

  test('shows the last of many verdicts, and the number of skipped ones', async () => {
    const source = await ingest.aSource();
    await send(source, anotherEvent({ messageId: 'calm' }));
    const view = await watch(source);
    await view.next(1);
    await send(source, ...Array.from({ length: 200 }, (_, number) => anotherEvent({ messageId: `flood-${number}` })));
    const [skipped, ...rest] = await view.next(mostShown + 1);
    expect(skipped).toEqual({ event: 'skipped', data: { count: 200 - mostShown } });
    expect(rest.at(-1)!.data).toMatchObject({ messageId: 'flood-199' });
    view.leave();
  });

  test('is for administrators, and for existing sources only', async () => {
    const { id, writeKey } = await ingest.aSource();
    expect(await problemOf(await fetch(path(id)))).toMatchObject({ status: 401 });
    expect(await problemOf(await fetch(path(id), { headers: { authorization: `Bearer ${writeKey}` } }))).toMatchObject({
      status: 401,
    });
    expect(await problemOf(await fetch(path(randomUUID()), { headers }))).toMatchObject({ status: 404 });
    expect(await problemOf(await fetch(path('shop'), { headers }))).toMatchObject({ status: 400 });
  });

  test('answers a HEAD', async () => {
    const response = await fetch(path((await ingest.aSource()).id), { method: 'HEAD', headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  });
});

test('a shutdown closes the views', async () => {
  const another = await startIngest(ingest.databaseUrl);
  const response = await fetch(`${another.url}/api/v1/sources/${(await ingest.aSource()).id}/live`, { headers });
  await another.stop();
  await expect(response.text()).resolves.toContain('retry:');
});
