import { Problem } from '@sestante/runtime';
import { type Fault, faultsIn } from './faults.ts';

/** The largest document of a model in bytes, as JSON without spaces. */
export const largestModelBytes = 256 * 1024;
/** The most faults in one response. */
export const mostFaults = 500;

/** The checked document of a request. Throws 413 if it is too large, and 422 with every fault. */
export function checkedDocument(sent: unknown, version?: string): { readonly version: string } & object {
  const bytes = bytesOf(sent);
  if (bytes > largestModelBytes)
    throw new Problem(
      413,
      'model-too-large',
      `The document has ${bytes} bytes as JSON without spaces. A model may have at most ${largestModelBytes}.`,
    );
  const faults = faultsIn(sent);
  if (faults.length > 0) throw invalid(faults);
  const document = sent as { readonly version: string };
  if (version !== undefined && document.version !== version)
    throw invalid([{ place: 'version', message: `must be ${version}, as in the address` }]);
  return document;
}

function invalid(faults: readonly Fault[]): Problem {
  const [{ place, message }] = faults as [Fault];
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const detail = `The model is not valid: ${place} ${message}${more}.`;
  return new Problem(422, 'model-invalid', detail, undefined, { faults: faults.slice(0, mostFaults) });
}

/** Throws 422 for a document that is nested too deeply for a number of bytes. */
function bytesOf(sent: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(sent) ?? '');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid([{ place: 'document', message: 'is nested too deeply' }]);
  }
}
