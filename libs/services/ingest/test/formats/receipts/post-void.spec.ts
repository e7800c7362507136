import { describe, expect, test } from '@jest/globals';
import { activityOf, aReceipt, coat, rejectionOf } from './till.ts';

const link = { SequenceNumber: 4710, BusinessDayDate: '2026-11-20' };
const voiding = (TransactionLink: unknown, TransactionStatus?: string) =>
  aReceipt([{ Sale: coat }], {}, { TransactionLink, TransactionStatus });

describe('a receipt that voids an earlier one', () => {
  test.each<[string, object, string]>([
    ['on the same till', voiding(link, 'PostVoided'), 'city/3/4710/2026-11-20'],
    [
      'as the reason of its link says',
      voiding({ ...link, ReasonCode: 'Voided' }, 'Finished'),
      'city/3/4710/2026-11-20',
    ],
    ['without a state', voiding([{ ...link, ReasonCode: 'PostVoided' }]), 'city/3/4710/2026-11-20'],
    [
      'on another till and day',
      voiding({ ...link, WorkstationID: 4, BusinessDayDate: '2026-11-19' }, 'PostVoided'),
      'city/4/4710/2026-11-19',
    ],
    [
      'of another store',
      voiding({ ...link, BusinessUnit: { UnitID: 'mall' } }, 'post-voided'),
      'mall/3/4710/2026-11-20',
    ],
    [
      'beside another link',
      voiding([
        { ...link, ReasonCode: 'Return' },
        { ...link, ReasonCode: 'Voided' },
      ]),
      'city/3/4710/2026-11-20',
    ],
    [
      'in the transaction',
      aReceipt([], { TransactionLink: link }, { TransactionStatus: 'PostVoided' }),
      'city/3/4710/2026-11-20',
    ],
  ])('cancels its order: %s', (_, receipt, order_id) => {
    const { name, properties, messageId } = activityOf(receipt);
    expect([name, messageId]).toEqual(['order.cancelled', 'receipt/city/3/4711/2026-11-20']);
    expect(properties).toMatchObject({ order_id, receipt_id: 'city/3/4711/2026-11-20', store_id: 'city' });
    expect(properties).not.toHaveProperty('revenue');
  });

  test('may be that one, told again: it has an id of its own', () => {
    const { messageId, properties } = activityOf(voiding({ ...link, SequenceNumber: '4711' }, 'PostVoided'));
    expect([messageId, properties['order_id']]).toEqual([
      'receipt/city/3/4711/2026-11-20/void',
      'city/3/4711/2026-11-20',
    ]);
  });

  test.each<[string, object]>([
    ['it has no link', voiding(undefined, 'PostVoided')],
    ['it has two', voiding([link, { ...link, SequenceNumber: 1 }], 'PostVoided')],
    ['its link has no number', voiding({ ...link, SequenceNumber: null }, 'PostVoided')],
    ['its link has no day', voiding({ SequenceNumber: 1, ReasonCode: 'Voided' })],
    ['its link is to another thing', voiding({ ...link, ReasonCode: 'Return' }, 'PostVoided')],
    ['its link is no object', voiding('4710', 'PostVoided')],
  ])('is rejected under a code of its own where it does not say which: %s', (_, receipt) => {
    expect(rejectionOf(receipt)).toMatchObject({
      code: 'void-unlinked',
      reason: expect.stringContaining('that is not identified'),
      messageId: 'receipt/city/3/4711/2026-11-20',
    });
  });

  test('in training voids nothing', () => {
    expect(rejectionOf({ ...voiding(link, 'PostVoided'), TrainingModeFlag: true })).toMatchObject({
      code: 'receipt-void',
    });
  });
});

describe('what is given back names the receipt on which it was bought', () => {
  const back = (TransactionLink: unknown) => ({ Return: { ...coat, TransactionLink } });
  test.each<[string, readonly object[], string | undefined]>([
    ['where it says so', [back(link)], 'city/3/4710/2026-11-20'],
    ['all of it', [back(link), back(link)], 'city/3/4710/2026-11-20'],
    ['but not of two', [back(link), back({ ...link, SequenceNumber: 1 })], undefined],
    ['but not where one says nothing', [back(link), back(undefined)], undefined],
    ['but not where that is unclear', [back({ SequenceNumber: 4710 })], undefined],
  ])('%s', (_, lines, order) => {
    expect(activityOf(aReceipt(lines))).toMatchObject({ name: 'return.completed' });
    expect(activityOf(aReceipt(lines)).properties['order_id']).toBe(order);
  });
});
