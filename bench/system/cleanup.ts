/** Something that was started or made, and has to go. */
export interface Owned extends AsyncDisposable {
  close(): Promise<void>;
}

const open = new Set<() => Promise<void>>();

/** Makes sure that `close` is called once: by its owner, or by `clearAway` when the suite ends before. */
export function owned<T extends object>(thing: T, close: () => Promise<void>): T & Owned {
  let closing: Promise<void> | undefined;
  const once = () =>
    (closing ??= close().finally(() => {
      open.delete(once);
    }));
  open.add(once);
  return { ...thing, close: once, [Symbol.asyncDispose]: once };
}

/** Closes what is still there, the latest first. */
export async function clearAway(): Promise<void> {
  for (const close of [...open].reverse()) {
    await close().catch((error: unknown) => process.stderr.write(`bench: ${String(error)}\n`));
  }
}

/** An end by a signal, or by an error that nobody has caught, leaves nothing behind either. */
export function clearAwayAtTheEnd(): void {
  const end = (code: number) => void clearAway().then(() => process.exit(code));
  process.once('SIGINT', () => end(130)).once('SIGTERM', () => end(143));
  process.once('uncaughtException', (error) => {
    process.stderr.write(`bench: ${error.stack}\n`);
    end(1);
  });
}
