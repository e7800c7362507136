import { bareName } from '@sestante/contracts';
import { beginningOf } from '../../judge/beginning-of.ts';
import { cleanText } from '../../judge/clean.ts';
import type { ReceiptNode } from './receipt-node.ts';

export interface NoSale {
  readonly reason: string;
  /** Whether a flag of the receipt says so, whatever its status is. */
  readonly isFlagged: boolean;
}

/** Statuses of a transaction in which nothing was sold, as tills write them: `Voided`, `PostVoided`, `Suspended`, `Canceled`, `InProcess`, … */
const noSale = /void|suspend|cancel|abort|fail|process(?!ed)|storn|annul|abgebrochen|sospes/i;
/** Statuses of a finished transaction. */
const done =
  /^(finish|complet|totall?ed|tender|deliver|clos|paid|settled|processed|post(ed)?$|resum|retriev|return|ok$|sale$|normal$)/;

/** The reason why nothing was sold, by the flags and the status of the receipt. An unknown status counts as finished, and is a violation. */
export function whyNoSale(receipt: ReceiptNode, transaction: ReceiptNode): NoSale | undefined {
  if (receipt.at('CancelFlag').flag()) return { reason: 'the receipt was cancelled', isFlagged: true };
  if (receipt.at('TrainingModeFlag').flag()) return { reason: 'the till was in training mode', isFlagged: true };
  const part = transaction.at('TransactionStatus');
  const status = String(part.label() ?? '');
  if (noSale.test(status))
    return { reason: `the transaction is ${cleanText(beginningOf(status, 40))}`, isFlagged: false };
  if (status !== '' && !done.test(bareName(status)))
    part.faults.add({
      code: 'status-unknown',
      field: part.path,
      reason: `${part.path} is unknown: the receipt was processed as finished`,
    });
  return undefined;
}
