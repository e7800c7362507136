import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readExport } from '@sestante/runtime/testing';
import { eventually } from '@sestante/streaming/testing';
import { anotherEvent } from '../builders.ts';
import { type Ingest, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

const customerId = '0199c0de-0000-7000-8000-000000000001';

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** Sends track events without a name: they are rejected. */
const reject = (...events: object[]) =>
  ingest.post(
    '/v1/batch',
    JSON.stringify({ batch: events.map((event) => anotherEvent({ event: undefined, ...event })) }),
  );
const filesOf = (...persons: string[]) => readExport(ingest.databaseUrl, { customerId, persons });
const rejectedOf = async (...persons: string[]) =>
  (await filesOf(...persons))['rejected']!.map(({ event }) => JSON.parse(event as string) as { messageId: string });

describe('what ingest exports of a customer', () => {
  test('are the events that were rejected, with reason and source, newest first', async () => {
    await reject({ userId: 'ada', messageId: 'one' }, { userId: 'bea' }, { userId: 'ada', messageId: 'two' });
    const { rejected } = await filesOf('user_id:ada');
    expect(rejected).toEqual([
      expect.objectContaining({ source: 'first', code: 'name-missing', reason: expect.any(String), isCut: false }),
      expect.objectContaining({ receivedAt: expect.stringMatching(/Z$/) }),
    ]);
    expect((await rejectedOf('user_id:ada')).map(({ messageId }) => messageId)).toEqual(['two', 'one']);
  });

  test('are found by any of the identifiers', async () => {
    await reject(
      { userId: undefined, anonymousId: 'browser-7' },
      { userId: undefined, anonymousId: undefined, traits: { email: 'Cleo@Example.org' } },
    );
    expect(await rejectedOf('user_id:cleo', 'anonymous_id:browser-7', 'email:cleo@example.org')).toHaveLength(2);
  });

  test('is nothing that also has an identifier of somebody else', async () => {
    await reject(
      { userId: 'dora', anonymousId: 'tablet' },
      { userId: undefined, anonymousId: 'tablet', messageId: 'mine' },
    );
    expect((await rejectedOf('user_id:emil', 'anonymous_id:tablet')).map(({ messageId }) => messageId)).toEqual([
      'mine',
    ]);
  });

  describe('of those that were sent with a token of a customer', () => {
    const another = '0199c0de-0000-7000-8000-000000000002';
    const former = '0199c0de-0000-7000-8000-000000000003';
    const rejectWithToken = (tokenOf: string, messageId: string, persons: readonly string[]) =>
      ingest.dataSource.query(
        `insert into ingest.rejected (source_id, received_at, key_kind, format, message_id, code, reason, body, persons, token_of)
         select id, now(), 'browser', 'tracking', $1, 'name-missing', 'a test', $2, $3, $4 from ingest.source where name = 'first'`,
        [messageId, Buffer.from(JSON.stringify({ messageId })), persons, tokenOf],
      );

    test('are those of the customer, also without an identifier', async () => {
      await rejectWithToken(customerId, 'by token', []);
      await rejectWithToken(another, 'by the token of another', []);
      expect(await rejectedOf('user_id:jane')).toEqual([{ messageId: 'by token' }]);
      await ingest.dataSource.query('delete from ingest.rejected where token_of is not null');
    });

    test.each([
      ['it is the present id of the customer', customerId, ['weak']],
      ['it is a former id: whoever holds it need not be the person', former, []],
    ])('are those with a weak token only if %s', async (_, tokenOf, expected) => {
      await rejectWithToken(tokenOf, 'weak', []);
      await ingest.dataSource.query('update ingest.rejected set is_token_weak = true where token_of is not null');
      const rejected = await readExport(ingest.databaseUrl, { customerId, members: [former, customerId] });
      expect(rejected['rejected']!.map(({ event }) => JSON.parse(event as string).messageId)).toEqual(expected);
      await ingest.dataSource.query('delete from ingest.rejected where token_of is not null');
    });

    test.each([
      ['has an account of somebody else', customerId, ['anonymous_id:kiosk', 'user_id:kim']],
      ['was sent with the token of somebody else', another, ['anonymous_id:kiosk']],
    ])('is none that %s', async (_, tokenOf, persons) => {
      await rejectWithToken(tokenOf, 'not mine', persons);
      expect(await filesOf('user_id:jane', 'anonymous_id:kiosk')).toMatchObject({ rejected: [] });
      await ingest.dataSource.query('delete from ingest.rejected where token_of is not null');
    });
  });

  test('are the incomplete ones, too', async () => {
    await ingest.post(
      '/v1/track',
      JSON.stringify(
        anotherEvent({ userId: 'fay', event: 'Order Completed', properties: { order_id: 'o-7', revenue: 'much' } }),
      ),
    );
    await eventually(async () => {
      const { incomplete } = await filesOf('user_id:fay');
      expect(incomplete).toMatchObject([{ code: 'field-invalid', event: expect.stringContaining('o-7') }]);
    });
  });

  test.each([
    [-1, false],
    [0, false],
    [1, true],
  ])('are cut at 64 KiB: %+d bytes, cut: %s', async (more, isCut) => {
    const id = `gina-${more + 2}`;
    const [source] = await ingest.dataSource.query<{ id: string }[]>(
      `select id from ingest.source where name = 'first'`,
    );
    const body = Buffer.alloc(64 * 1024 + more, 'x');
    await ingest.dataSource.query(
      `insert into ingest.rejected (source_id, received_at, key_kind, format, code, reason, body, persons)
       values ($1, now(), 'secret', 'tracking', 'too-large', 'a test', $2, $3)`,
      [source!.id, body, [`user_id:${id}`]],
    );
    const [event] = (await filesOf(`user_id:${id}`))['rejected']!;
    expect(event).toMatchObject({ isCut });
    expect(event.event).toHaveLength(64 * 1024 + Math.min(more, 0));
  });

  test.each([49, 50, 51])('are all of %d, page by page', async (count) => {
    await reject(
      ...Array.from({ length: count }, (_, index) => ({ userId: `many-${count}`, messageId: `${count}-${index}` })),
    );
    expect(await rejectedOf(`user_id:many-${count}`)).toHaveLength(count);
  });

  test('are the lines that nobody can read with the mail address, without their content', async () => {
    const line = '"hugo@example.org and also ines@example.org';
    await ingest.dataSource.query(
      `insert into ingest.rejected (source_id, received_at, key_kind, format, code, reason, body, persons)
       select id, now(), 'secret', 'line', 'not-json', 'the line is not valid JSON', $1, '{}' from ingest.source where name = 'first'`,
      [Buffer.from(line)],
    );
    expect((await filesOf('email:hugo@example.org'))['rejected']).toEqual([
      {
        ...{ source: 'first', code: 'not-json', reason: 'the line is not valid JSON' },
        ...{ receivedAt: expect.any(String), event: null, isCut: false },
      },
    ]);
  });

  test('is nothing for somebody whose identifiers nobody has sent', async () => {
    expect(await filesOf('user_id:nobody')).toEqual({ rejected: [], incomplete: [] });
    expect(await filesOf()).toEqual({ rejected: [], incomplete: [] });
  });
});
