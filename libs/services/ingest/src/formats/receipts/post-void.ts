import { bareName } from '@sestante/contracts';
import type { ReceiptNode } from './receipt-node.ts';
import { idOf, receiptKey, type ReceiptKey } from './receipt-id.ts';

/** The id of the voided receipt, or the reason why it is unknown. */
export type PostVoid = { readonly voids: string } | { readonly code: string; readonly reason: string };

/** The earlier receipt that a receipt voids; undefined if it voids none. */
export function postVoid(receipt: ReceiptNode, key: ReceiptKey): PostVoid | undefined {
  const transaction = receipt.at('RetailTransaction').many()[0]!;
  const isPostVoid = /post.?void/i.test(String(transaction.at('TransactionStatus').label() ?? ''));
  const links = [receipt, transaction].flatMap((part) => part.at('TransactionLink').many());
  const voiding = links.filter((link) => {
    const reason = link.at('ReasonCode').label();
    return reason === undefined ? isPostVoid : /^(post)?void(ed)?$/.test(bareName(String(reason)));
  });
  if (voiding.length === 0 && !isPostVoid) return undefined;
  if (voiding.length !== 1)
    return unlinked(`expected one RetailTransaction.TransactionLink that voids, got ${voiding.length}`);
  const voided = receiptKey(voiding[0]!, key);
  return 'code' in voided ? unlinked(voided.reason) : { voids: idOf(voided) };
}

function unlinked(why: string): PostVoid {
  return { code: 'void-unlinked', reason: `the receipt voids an earlier one that is not identified: ${why}` };
}
