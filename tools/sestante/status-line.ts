/** Says how far something is: on a terminal in one line that is written over, elsewhere in a line now and then. */
export interface StatusLine {
  show(text: string): void;
  /** Writes a line that stays. */
  say(text: string): void;
  /** Takes the passing line away. */
  clear(): void;
}

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const terminalEveryMs = 100;
const eraseLine = '\r\u001b[2K';

interface Options {
  readonly output?: Output;
  readonly now?: () => number;
  /** How often a passing line is written where there is no terminal; never with Infinity. */
  readonly elsewhereEveryMs?: number;
}

export function statusLine({
  output = process.stdout,
  now = Date.now,
  elsewhereEveryMs = 3_000,
}: Options = {}): StatusLine {
  const isTerminal = output.isTTY === true;
  const pauseMs = isTerminal ? terminalEveryMs : elsewhereEveryMs;
  let shownAt = Number.NEGATIVE_INFINITY;
  const clear = () => void (isTerminal && output.write(eraseLine));
  return {
    clear,
    show(text) {
      if (now() - shownAt < pauseMs || pauseMs === Number.POSITIVE_INFINITY) return;
      shownAt = now();
      output.write(isTerminal ? `${eraseLine}${text.slice(0, (output.columns || 80) - 1)}` : `${text}\n`);
    },
    say(text) {
      clear();
      output.write(`${text}\n`);
    },
  };
}

const full = '█';
const empty = '░';

/** `████░░░░`: the share 0..1 of `width` cells. */
export function bar(share: number, width: number): string {
  const cells = Math.round(Math.min(1, Math.max(0, share)) * width);
  return full.repeat(cells) + empty.repeat(width - cells);
}

/** `49,345` */
export const count = (value: number) => Math.round(value).toLocaleString('en-US');
