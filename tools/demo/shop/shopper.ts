import { type Device, installation } from './device.ts';
import type { Random } from './random.ts';
import { nameOf } from './names.ts';
import { type Personality, personalityOf } from './personality.ts';
import { hour } from './time.ts';

/** An invented customer of the simulated shop. */
export interface Shopper {
  readonly name: string;
  readonly userId: string;
  readonly card: string;
  readonly email: string;
  readonly personality: Personality;
  readonly browser: Device;
  readonly phone: Device;
  /** The nearest store. */
  readonly store: string;
  /** When they signed up. Before that, only their installations are known. */
  readonly signedUpAt: number;
}

export interface Identity {
  /** Different for each run, so that every run has its own people. */
  readonly run: string;
  readonly index: number;
  readonly signedUpAt: number;
  readonly name?: string;
}

const stores = ['centro', 'porto', 'stazione'] as const;

/** One phone in ten has a wrong clock, which Sestante must correct. */
const wrongClockMs = 5 * hour;

export function shopperOf({ run, index, signedUpAt, name = nameOf(index) }: Identity, random: Random): Shopper {
  const id = `${run}-${String(index).padStart(3, '0')}`;
  return {
    name,
    userId: `demo-${id}`,
    card: `DEMO-${id}`.toUpperCase(),
    email: `${name.toLowerCase().replace(' ', '.')}.${id}@example.com`,
    personality: personalityOf(index),
    browser: installation('web', `browser-${id}`),
    phone: installation('mobile', `phone-${id}`, random.chance(0.1) ? random.pick([-wrongClockMs, wrongClockMs]) : 0),
    store: random.pick(stores),
    signedUpAt,
  };
}
