import { describe, expect, test } from '@jest/globals';
import { activityOf, aReceipt, coat, rejectionOf } from './till.ts';

const link = { SequenceNumber: 4710, BusinessDayDate: '2026-11-20' };
const voiding = (TransactionLink: unknown, TransactionStatus?: string) =>
  aReceipt([{ Sale: coat }], {}, { TransactionLink, TransactionStatus });

describe('a receipt that voids an earlier one', () => {
  test.each<[string, object, string]>([
    ['on the same till', voiding(link, 'PostVoided'), 'city/3/4710/2026-11-20'],
    ['by the reason of its link', voiding({ ...link, ReasonCode: 'Voided' }, 'Finished'), 'city/3/4710/2026-11-20'],
    ['without a status', voiding([{ ...link, ReasonCode: 'PostVoided' }]), 'city/3/4710/2026-11-20'],
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
      'with another link',
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

  test('may be that receipt sent again: it has another message id', () => {
    const { messageId, properties } = activityOf(voiding({ ...link, SequenceNumber: '4711' }, 'PostVoided'));
    expect([messageId, properties['order_id']]).toEqual([
      'receipt/city/3/4711/2026-11-20/void',
      'city/3/4711/2026-11-20',
    ]);
  });

  test.each<[string, object]>([
    ['it has no link', voiding(undefined, 'PostVoided')],
    ['it has two links', voiding([link, { ...link, SequenceNumber: 1 }], 'PostVoided')],
    ['its link has no number', voiding({ ...link, SequenceNumber: null }, 'PostVoided')],
    ['its link has no date', voiding({ SequenceNumber: 1, ReasonCode: 'Voided' })],
    ['its link has another reason', voiding({ ...link, ReasonCode: 'Return' }, 'PostVoided')],
    ['its link is not an object', voiding('4710', 'PostVoided')],
  ])('is rejected with its own code if that receipt is not identified: %s', (_, receipt) => {
    expect(rejectionOf(receipt)).toMatchObject({
      code: 'void-unlinked',
      reason: expect.stringContaining('that is not identified'),
      messageId: 'receipt/city/3/4711/2026-11-20',
    });
  });

  test('in training mode voids nothing', () => {
    expect(rejectionOf({ ...voiding(link, 'PostVoided'), TrainingModeFlag: true })).toMatchObject({
      code: 'receipt-void',
    });
  });
});

describe('a return refers to the receipt of the purchase', () => {
  const back = (TransactionLink: unknown) => ({ Return: { ...coat, TransactionLink } });
  test.each<[string, readonly object[], string | undefined]>([
    ['with a link', [back(link)], 'city/3/4710/2026-11-20'],
    ['with two equal links', [back(link), back(link)], 'city/3/4710/2026-11-20'],
    ['but not with links to two receipts', [back(link), back({ ...link, SequenceNumber: 1 })], undefined],
    ['but not if an item has no link', [back(link), back(undefined)], undefined],
    ['but not with an incomplete link', [back({ SequenceNumber: 4710 })], undefined],
  ])('%s', (_, lines, order) => {
    expect(activityOf(aReceipt(lines))).toMatchObject({ name: 'return.completed' });
    expect(activityOf(aReceipt(lines)).properties['order_id']).toBe(order);
  });
});
