import type { Channel } from '../../sestante/events.ts';
import { paint } from './paint.ts';

/** How the channels are drawn: told apart by colour and, without colours, by shade. */
const drawn = [
  { channel: 'web', name: 'web', colour: 'cyan', sign: '█' },
  { channel: 'mobile', name: 'app', colour: 'magenta', sign: '▓' },
  { channel: 'store', name: 'till', colour: 'yellow', sign: '▒' },
] as const;
const cells = 24;

export function legend(): string {
  return drawn.map(({ name, colour, sign }) => paint(colour, `${sign} ${name}`)).join('  ');
}

/** How much of it was on web, app and till, as one bar of three parts. */
export function shares(of: readonly Channel[]): string {
  const all = of.filter((channel) => drawn.some((known) => known.channel === channel)).length || 1;
  let events = 0;
  let end = 0;
  const parts = drawn.map(({ channel, colour, sign }) => {
    events += of.filter((other) => other === channel).length;
    const begin = end;
    end = Math.round((events / all) * cells);
    return paint(colour, sign.repeat(end - begin));
  });
  return parts.join('');
}
