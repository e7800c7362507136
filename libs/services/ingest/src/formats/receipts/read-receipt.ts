import { defined } from '../../types/defined.ts';
import type { Read } from '../read.ts';
import { cancelled, type KeyedReceipt, saleOrReturn } from './activity.ts';
import { Faults } from './faults.ts';
import { countLines } from './lines/line.ts';
import { ReceiptNode } from './receipt-node.ts';
import { postVoid } from './post-void.ts';
import { idOf, receiptKey } from './receipt-id.ts';
import { receiptTime } from './receipt-time.ts';
import { whyNoSale } from './why-no-sale.ts';
import { customerOf } from './customer.ts';

/** A larger receipt has more products than an event may have. */
const mostLines = 2_000;

/**
 * Reads a receipt of a till as an event of the tracking API: `order.completed` for a purchase, `return.completed` if more was returned than bought,
 * `order.cancelled` if it voids an earlier receipt, `receipt.issued` otherwise. Store, till, number and business day identify the receipt. Invalid
 * fields are removed and reported, except those that identify the receipt, its time or its customer.
 */
export function readReceipt(value: unknown): Read {
  const receipt = new ReceiptNode(unwrapped(value), '', new Faults());
  if (typeof receipt.value !== 'object' || receipt.value === null)
    return { code: 'receipt-invalid', reason: 'the receipt must be an object' };
  const key = receiptKey(receipt);
  if ('code' in key) return key;
  const messageId = `receipt/${idOf(key)}`;
  const rejected = (code: string, reason: string): Read => ({ code, reason, messageId });
  const [transaction, ...others] = receipt.at('RetailTransaction').many();
  if (!transaction?.isObject() || others.length > 0)
    return rejected('receipt-invalid', 'RetailTransaction must be one object');
  if (countLines(transaction.at('LineItem')) > mostLines)
    return rejected('too-large', `the receipt has more than ${mostLines} sales, returns and payments`);
  const noSale = whyNoSale(receipt, transaction);
  const voided = noSale?.isFlagged ? undefined : postVoid(receipt, key);
  if (voided && 'code' in voided) return rejected(voided.code, voided.reason);
  if (noSale && !voided) return rejected('receipt-void', noSale.reason);
  const keyed = { receipt, transaction, key };
  const activity = voided ? cancelled(keyed, voided.voids) : saleOrReturn(keyed);
  if (!activity) return rejected('receipt-void', 'all lines of the receipt are void');
  // A receipt that voids itself was sent before under the same number.
  const isOwn = voided?.voids === idOf(key);
  return eventOf(keyed, { messageId: isOwn ? `${messageId}/void` : messageId, ...activity });
}

function eventOf({ receipt, transaction, key }: KeyedReceipt, activity: object): Read {
  const { userId, externalIds, traits } = customerOf(transaction);
  const context = { channel: 'store', externalIds, traits };
  const timestamp = receiptTime(receipt, key.day);
  const event = defined({ type: 'track', timestamp, userId, ...activity, context });
  const violations = receipt.faults.all;
  return violations.length > 0 ? { event, violations } : { event };
}

/** `{ DigitalReceipt: { Transaction: … } }`, `{ Transaction: … }`, or the transaction itself. */
function unwrapped(value: unknown): unknown {
  const { DigitalReceipt } = (value ?? {}) as { DigitalReceipt?: unknown };
  const { Transaction } = (DigitalReceipt ?? value ?? {}) as { Transaction?: unknown };
  return Transaction ?? value;
}
