import { Fault } from '../sestante/fault.ts';
import { postApi } from '../sestante/read-api.ts';
import type { Target } from '../sestante/target.ts';
import type { Offer } from './story/answers.ts';

/** A phone that listens to the offers of its customer, as an app does: with a token that opens this customer only. */
export interface Listening {
  /** The first offer that arrives, or undefined when none does in time. */
  readonly first: Promise<Offer | undefined>;
}

/** Opens the live stream of a customer's offers (server-sent events). Resolves when it is open; throws `Fault` when it cannot be. */
export async function listen(target: Target, customerId: string, patienceMs: number): Promise<Listening> {
  const { token } = await postApi<{ token: string }>(target, '/api/v1/customer-tokens', { customerId });
  const response = await fetch(`${target.url}/api/v1/customers/me/offers/stream`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: AbortSignal.timeout(patienceMs),
  }).catch((error: unknown) => {
    throw new Fault(`The live stream of offers at ${target.url} cannot be opened.`, { cause: error });
  });
  if (!response.ok || !response.body)
    throw new Fault(`The live stream of offers at ${target.url} is refused: status ${response.status}`);
  return { first: firstOffer(response.body).catch(() => undefined) };
}

async function firstOffer(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Offer | undefined> {
  let text = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const data = /^event: offer\ndata: (.*)\n\n/m.exec(text)?.[1];
    if (data) return JSON.parse(data) as Offer;
  }
  return undefined;
}
