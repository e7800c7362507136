import { Fault } from '../sestante/fault.ts';
import { postApi } from '../sestante/read-api.ts';
import type { Target } from '../sestante/target.ts';
import type { Offer } from './story/answers.ts';

/** A phone that receives the offers of its customer, as an app does: with a token for this customer only. */
export interface Listening {
  /** The first offer; undefined if none arrives in time. */
  readonly first: Promise<Offer | undefined>;
}

/** Opens the live stream of the offers of a customer (server-sent events). Resolves when it is open; throws `Fault` if that fails. */
export async function listen(target: Target, customerId: string, timeoutMs: number): Promise<Listening> {
  const { token } = await postApi<{ token: string }>(target, '/api/v1/customer-tokens', { customerId });
  const response = await fetch(`${target.url}/api/v1/customers/me/offers/stream`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Fault(`The live stream of offers at ${target.url} cannot be opened.`, { cause: error });
  });
  if (!response.ok || !response.body)
    throw new Fault(`The live stream of offers at ${target.url} was rejected: status ${response.status}`);
  return { first: firstOffer(response.body).catch(() => undefined) };
}

async function firstOffer(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Offer | undefined> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const data = /^event: offer\ndata: (.*)\n\n/m.exec(text)?.[1];
    if (data) return JSON.parse(data) as Offer;
  }
  return undefined;
}
