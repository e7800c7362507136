import { bareName } from '@sestante/contracts';
import type { Part } from './part.ts';
import { idOf, receiptKey, type ReceiptKey } from './receipt-id.ts';

/** The id of the receipt that is voided, or why it is not known. */
export type PostVoid = { readonly voids: string } | { readonly code: string; readonly reason: string };

/** What a receipt says of an earlier one that it voids; undefined where it voids none. */
export function postVoid(receipt: Part, key: ReceiptKey): PostVoid | undefined {
  const transaction = receipt.at('RetailTransaction').many()[0]!;
  const isPostVoid = /post.?void/i.test(String(transaction.at('TransactionStatus').label() ?? ''));
  const links = [receipt, transaction].flatMap((part) => part.at('TransactionLink').many());
  const voiding = links.filter((link) => {
    const reason = link.at('ReasonCode').label();
    return reason === undefined ? isPostVoid : /^(post)?void(ed)?$/.test(bareName(String(reason)));
  });
  if (voiding.length === 0 && !isPostVoid) return undefined;
  if (voiding.length !== 1) return unlinked(`it has ${voiding.length} of RetailTransaction.TransactionLink that void`);
  const voided = receiptKey(voiding[0]!, key);
  return 'code' in voided ? unlinked(voided.reason) : { voids: idOf(voided) };
}

function unlinked(why: string): PostVoid {
  return { code: 'void-unlinked', reason: `the receipt voids an earlier one, and does not say which: ${why}` };
}
