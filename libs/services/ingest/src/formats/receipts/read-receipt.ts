import { defined } from '../../types/defined.ts';
import type { Read } from '../read.ts';
import { cancelled, type Known, said } from './activity.ts';
import { Faults } from './faults.ts';
import { countLines } from './lines/line.ts';
import { Part } from './part.ts';
import { postVoid } from './post-void.ts';
import { idOf, receiptKey } from './receipt-id.ts';
import { whenOf } from './when.ts';
import { whyNoSale } from './why-no-sale.ts';
import { whoseOf } from './whose.ts';

/** What is larger has more products than an event may have. */
const mostLines = 2_000;

/**
 * A till's receipt as an event of the tracking API: `order.completed` where something was bought, `return.completed` where more was given back than
 * bought, `order.cancelled` where it voids an earlier one, `receipt.issued` for the others. It is the same whenever store, till, number and business
 * day are. What is not needed to know which it is, when it was and whose it is, is left out and told where it cannot be read.
 */
export function readReceipt(value: unknown): Read {
  const receipt = new Part(unwrapped(value), '', new Faults());
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
  const known = { receipt, transaction, key };
  const activity = voided ? cancelled(known, voided.voids) : said(known);
  if (!activity) return rejected('receipt-void', 'all its lines were taken back');
  // A receipt that voids itself was told before, under its number.
  const isOwn = voided?.voids === idOf(key);
  return told(known, { messageId: isOwn ? `${messageId}/void` : messageId, ...activity });
}

function told({ receipt, transaction, key }: Known, activity: object): Read {
  const { userId, externalIds, traits } = whoseOf(transaction);
  const context = { channel: 'store', externalIds, traits };
  const timestamp = whenOf(receipt, key.day);
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
