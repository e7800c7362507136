import type { Channel } from '../../sestante/events.ts';
import { paint } from './paint.ts';

/** The display of the channels: they differ by colour and by character. */
const drawn = [
  { channel: 'web', name: 'web', colour: 'cyan', character: '█' },
  { channel: 'mobile', name: 'app', colour: 'magenta', character: '▓' },
  { channel: 'store', name: 'till', colour: 'yellow', character: '▒' },
] as const;
const cells = 24;

export function legend(): string {
  return drawn.map(({ name, colour, character }) => paint(colour, `${character} ${name}`)).join('  ');
}

/** The shares of web, app and till, as one bar. */
export function shares(of: readonly Channel[]): string {
  const all = of.filter((channel) => drawn.some((known) => known.channel === channel)).length || 1;
  let events = 0;
  let end = 0;
  const parts = drawn.map(({ channel, colour, character }) => {
    events += of.filter((other) => other === channel).length;
    const begin = end;
    end = Math.round((events / all) * cells);
    return paint(colour, character.repeat(end - begin));
  });
  return parts.join('');
}
