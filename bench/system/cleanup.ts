/** A resource that must be closed. */
export interface Owned extends AsyncDisposable {
  close(): Promise<void>;
}

const open = new Set<() => Promise<void>>();

/** Ensures that `close` is called once: by the owner, or by `cleanUp` if the suite ends before. */
export function owned<T extends object>(thing: T, close: () => Promise<void>): T & Owned {
  let closing: Promise<void> | undefined;
  const once = () =>
    (closing ??= close().finally(() => {
      open.delete(once);
    }));
  open.add(once);
  return { ...thing, close: once, [Symbol.asyncDispose]: once };
}

/** Closes all open resources, the latest first. */
export async function cleanUp(): Promise<void> {
  for (const close of [...open].reverse()) {
    await close().catch((error: unknown) => process.stderr.write(`bench: ${String(error)}\n`));
  }
}

/** Cleans up also after a signal or an uncaught error. */
export function cleanUpOnExit(): void {
  const end = (code: number) => void cleanUp().then(() => process.exit(code));
  process.once('SIGINT', () => end(130)).once('SIGTERM', () => end(143));
  process.once('uncaughtException', (error) => {
    process.stderr.write(`bench: ${error.stack}\n`);
    end(1);
  });
}
