import type { Violation } from '@sestante/contracts';
import { type Channel, channels } from '../types/source.ts';
import { beginningOf } from './beginning-of.ts';
import { isBlank } from './is-blank.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** Other names of the channels, in lower case without separators. */
const synonyms: Readonly<Record<Channel, string>> = {
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
const channelsByName = new Map<string, Channel>(
  channels.flatMap((channel) => [channel, ...synonyms[channel].split(' ')].map((name) => [name, channel])),
);
/** Values with which an SDK describes itself, not the channel of the activity. */
const senderNames = new Set(['server', 'sources', 'http', 'api', 'backend', 'import']);

export interface ReadChannel {
  /** Undefined if the event has no known channel. */
  readonly channel: Channel | undefined;
  readonly violations: readonly Violation[];
}

const noChannel: ReadChannel = { channel: undefined, violations: [] };

/** The channel in `context.channel` or (RudderStack) in `channel` of the event. An unknown channel is a violation. */
export function channelOf({ context, channel }: TrackingEvent): ReadChannel {
  for (const given of [context?.['channel'], channel]) {
    if (isBlank(given)) continue;
    const exact = channelsByName.get(given as string);
    if (exact) return { channel: exact, violations: [] };
    const name = typeof given === 'string' ? bare(given) : '';
    if (senderNames.has(name)) continue;
    const found = channelsByName.get(name);
    return found ? { channel: found, violations: [] } : { channel: undefined, violations: [unknownChannel(given)] };
  }
  return noChannel;
}

const bare = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_./-]+/gu, '');

function unknownChannel(given: unknown): Violation {
  const actual = typeof given === 'string' ? `"${beginningOf(given, 40)}"` : typeof given;
  const reason = `channel must be one of ${channels.join(', ')}, got ${actual}; the channel of the source was used`;
  return { code: 'channel-unknown', field: 'channel', reason };
}
