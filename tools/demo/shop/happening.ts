import { loyaltyCard, type TrackingEvent } from '../../sestante/events.ts';
import type { Device } from './device.ts';
import type { Shopper } from './shopper.ts';

/** Something that a shopper did or met, as a device saw it. */
export interface Happening {
  readonly shopper: Shopper;
  readonly device: Device;
  readonly at: number;
  /** The name of a track event, or the type of another. */
  readonly what: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The event that the device sends of it, in the device's own time. */
export function toEvent({ shopper, device, at, what, properties }: Happening): TrackingEvent {
  const isKnown = at >= shopper.signedUpAt;
  return {
    ...kindOf(what, shopper),
    messageId: `${shopper.userId}:${device.id}:${Math.round(at)}:${what}`,
    timestamp: new Date(Math.round(at) + device.clockAheadMs).toISOString(),
    ...(device.knows === 'installation' ? { anonymousId: device.id } : {}),
    ...(device.knows !== 'card' && isKnown ? { userId: shopper.userId } : {}),
    ...(properties ? { properties } : {}),
    context: {
      channel: device.channel,
      ...(device.knows === 'card' ? { externalIds: [loyaltyCard(shopper.card)] } : {}),
      ...(device.channel === 'mobile' && device.knows === 'installation'
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
