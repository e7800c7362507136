/** Shows progress: on a terminal in one line that is overwritten, otherwise in a new line from time to time. */
export interface StatusLine {
  show(text: string): void;
  /** Prints a permanent line. */
  print(text: string): void;
  /** Erases the status line. */
  clear(): void;
}

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const terminalEveryMs = 100;
const eraseLine = '\r\u001b[2K';

interface Options {
  readonly output?: Output;
  readonly now?: () => number;
  /** The interval of status lines without a terminal, in milliseconds; Infinity for none. */
  readonly plainEveryMs?: number;
}

export function statusLine({
  output = process.stdout,
  now = Date.now,
  plainEveryMs = 3_000,
}: Options = {}): StatusLine {
  const isTerminal = output.isTTY === true;
  const pauseMs = isTerminal ? terminalEveryMs : plainEveryMs;
  let shownAt = Number.NEGATIVE_INFINITY;
  const clear = () => void (isTerminal && output.write(eraseLine));
  return {
    clear,
    show(text) {
      if (now() - shownAt < pauseMs || pauseMs === Number.POSITIVE_INFINITY) return;
      shownAt = now();
      output.write(isTerminal ? `${eraseLine}${text.slice(0, (output.columns || 80) - 1)}` : `${text}\n`);
    },
    print(text) {
      clear();
      output.write(`${text}\n`);
    },
  };
}

const full = '█';
const empty = '░';

/** A progress bar: `share` is 0..1, `width` the number of cells. */
export function bar(share: number, width: number): string {
  const cells = Math.round(Math.min(1, Math.max(0, share)) * width);
  return full.repeat(cells) + empty.repeat(width - cells);
}

/** `49,345` */
export const count = (value: number) => Math.round(value).toLocaleString('en-US');
