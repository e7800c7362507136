import { loyaltyCard, type TrackingEvent } from '../../sestante/events.ts';
import type { Device } from './device.ts';
import type { Shopper } from './shopper.ts';

/** Something that a shopper did or experienced, as recorded by a device. */
export interface Occurrence {
  readonly shopper: Shopper;
  readonly device: Device;
  readonly at: number;
  /** The name of a track event, or the type of another event. */
  readonly what: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The event that the device sends for it, with the time of its clock. */
export function toEvent({ shopper, device, at, what, properties }: Occurrence): TrackingEvent {
  const isKnown = at >= shopper.signedUpAt;
  return {
    ...kindOf(what, shopper),
    messageId: `${shopper.userId}:${device.id}:${Math.round(at)}:${what}`,
    timestamp: new Date(Math.round(at) + device.clockAheadMs).toISOString(),
    ...(device.identifiedBy === 'installation' ? { anonymousId: device.id } : {}),
    ...(device.identifiedBy !== 'card' && isKnown ? { userId: shopper.userId } : {}),
    ...(properties ? { properties } : {}),
    context: {
      channel: device.channel,
      ...(device.identifiedBy === 'card' ? { externalIds: [loyaltyCard(shopper.card)] } : {}),
      ...(device.channel === 'mobile' && device.identifiedBy === 'installation'
        ? { device: { id: `device-${device.id}` } }
        : {}),
    },
  };
}

function kindOf(what: string, { name, email, card }: Shopper): Pick<TrackingEvent, 'type' | 'event' | 'traits'> {
  if (what === 'page' || what === 'screen') return { type: what };
  return what === 'identify'
    ? { type: what, traits: { name, email, loyaltyCard: card } }
    : { type: 'track', event: what };
}
