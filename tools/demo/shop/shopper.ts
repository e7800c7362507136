import { type Device, installation } from './device.ts';
import type { Dice } from './dice.ts';
import { nameOf } from './names.ts';
import { type Personality, personalityOf } from './personality.ts';
import { hour } from './time.ts';

/** Somebody who buys at the simulated shop. Nobody of them exists. */
export interface Shopper {
  readonly name: string;
  readonly userId: string;
  readonly card: string;
  readonly email: string;
  readonly personality: Personality;
  readonly browser: Device;
  readonly phone: Device;
  /** The store around the corner. */
  readonly store: string;
  /** When they told the shop who they are; before that it knows an installation at most. */
  readonly signedUpAt: number;
}

export interface Identity {
  /** Differs from run to run, so that every run has people of its own. */
  readonly run: string;
  readonly index: number;
  readonly signedUpAt: number;
  readonly name?: string;
}

const stores = ['centro', 'porto', 'stazione'] as const;

/** One phone in ten has a wrong clock, which Sestante has to put right. */
const wrongClockMs = 5 * hour;

export function shopperOf({ run, index, signedUpAt, name = nameOf(index) }: Identity, dice: Dice): Shopper {
  const id = `${run}-${String(index).padStart(3, '0')}`;
  return {
    name,
    userId: `demo-${id}`,
    card: `DEMO-${id}`.toUpperCase(),
    email: `${name.toLowerCase().replace(' ', '.')}.${id}@example.com`,
    personality: personalityOf(index),
    browser: installation('web', `browser-${id}`),
    phone: installation('mobile', `phone-${id}`, dice.chance(0.1) ? dice.pick([-wrongClockMs, wrongClockMs]) : 0),
    store: dice.pick(stores),
    signedUpAt,
  };
}
