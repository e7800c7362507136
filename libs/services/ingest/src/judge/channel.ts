import type { Violation } from '@sestante/contracts';
import { type Channel, channels } from '../types/source.ts';
import { beginningOf } from './beginning-of.ts';
import { isBlank } from './is-blank.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** What channels are called elsewhere, in small letters without marks. */
const calledElsewhere: Readonly<Record<Channel, string>> = {
  web: 'website site online onlineshop webshop ecommerce browser client desktop internet',
  mobile: 'app mobileapp ios android smartphone phoneapp tablet',
  store:
    'till pos pointofsale instore shop brickandmortar offline physical branch retail filiale laden geschäft markt kasse ladengeschäft ' +
    'negozio puntovendita cassa bottega magasin boutique pointdevente caisse tienda caja winkel kassa loja butik butikk sklep myymälä prodejna',
  service:
    'callcenter callcentre contactcenter contactcentre phone telephone hotline customerservice support helpdesk chat kundenservice kundendienst ' +
    'servizioclienti assistenza serviceclient telefon telefono',
  other: 'unknown none',
};
const words = new Map<string, Channel>(
  channels.flatMap((channel) => [channel, ...calledElsewhere[channel].split(' ')].map((word) => [word, channel])),
);
/** What SDKs say of themselves, and not of where something happened. */
const ofTheSender = new Set(['server', 'sources', 'http', 'api', 'backend', 'import']);

export interface ReadChannel {
  /** Undefined where the event names none that is known. */
  readonly channel: Channel | undefined;
  readonly violations: readonly Violation[];
}

const unsaid: ReadChannel = { channel: undefined, violations: [] };

/** The channel that the event itself names, in `context.channel` or (as RudderStack does) in `channel`. One that is not known is told. */
export function channelOf({ context, channel }: TrackingEvent): ReadChannel {
  for (const given of [context?.['channel'], channel]) {
    if (isBlank(given)) continue;
    const ours = words.get(given as string);
    if (ours) return { channel: ours, violations: [] };
    const word = typeof given === 'string' ? bare(given) : '';
    if (ofTheSender.has(word)) continue;
    const known = words.get(word);
    return known ? { channel: known, violations: [] } : { channel: undefined, violations: [unknown(given)] };
  }
  return unsaid;
}

const bare = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_./-]+/gu, '');

function unknown(given: unknown): Violation {
  const said = typeof given === 'string' ? `"${beginningOf(given, 40)}"` : 'no text';
  const reason = `channel is ${said}, and none of ${channels.join(', ')}: that of the source is taken`;
  return { code: 'channel-unknown', field: 'channel', reason };
}
