import { bareName } from '@sestante/contracts';
import { beginningOf } from '../../judge/beginning-of.ts';
import { cleanText } from '../../judge/clean.ts';
import type { Part } from './part.ts';

export interface NoSale {
  readonly reason: string;
  /** By a flag of the receipt, whatever its status. */
  readonly isFlagged: boolean;
}

/** The states of a transaction in which nothing was sold, as tills write them: `Voided`, `PostVoided`, `Suspended`, `Canceled`, `InProcess`, … */
const noSale = /void|suspend|cancel|abort|fail|process(?!ed)|storn|annul|abgebrochen|sospes/i;
/** The states of one that is done. */
const done =
  /^(finish|complet|totall?ed|tender|deliver|clos|paid|settled|processed|post(ed)?$|resum|retriev|return|ok$|sale$|normal$)/;

/** Why nothing was sold, as the receipt says of itself. A state that is not known is taken for one that is done, and told. */
export function whyNoSale(receipt: Part, transaction: Part): NoSale | undefined {
  if (receipt.at('CancelFlag').flag()) return { reason: 'the receipt was cancelled', isFlagged: true };
  if (receipt.at('TrainingModeFlag').flag()) return { reason: 'the till was in training', isFlagged: true };
  const part = transaction.at('TransactionStatus');
  const status = String(part.label() ?? '');
  if (noSale.test(status))
    return { reason: `the transaction is ${cleanText(beginningOf(status, 40))}`, isFlagged: false };
  if (status !== '' && !done.test(bareName(status)))
    part.faults.add({
      code: 'status-unknown',
      field: part.path,
      reason: `${part.path} is not known: the receipt is taken for one that is finished`,
    });
  return undefined;
}
