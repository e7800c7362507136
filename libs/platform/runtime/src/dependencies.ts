import { Injectable } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import { retry } from '@sestante/retry';
import type { Logger } from './logger.ts';
import { InjectLogger } from './tokens.ts';

/** Something outside of the process that the work needs: a database, a stream. */
export interface Dependency {
  readonly name: string;
  /** Makes it usable. May be called again after it rejected. */
  open(): Promise<void>;
  /** Tells errors of `open` that nobody should wait out: the start fails with them. Without this, there are none. */
  isHopeless?(error: unknown): boolean;
  /** Rejects, with the reason, while it cannot be used. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const checkEveryMs = 5_000;
/** While something is away. */
const checkSoonMs = 500;
const checkMs = 3_000;
/** How long all of them together may take to close. */
const closeMs = 1_000;
const backoff = { minMs: 100, maxMs: 2_000 };

type Step = () => Promise<void>;
const never = (_: unknown) => false;

const notYet = 'not opened yet';
/** What comes after everything has been opened, among the names of what is missing. */
const beginning = 'handlers';

/**
 * Opens what the process needs, in the order in which it was added, for as long as it takes; then watches it, and closes it in the
 * opposite order. Every change between here and away is one line in the log.
 */
@Injectable()
export class Dependencies {
  private readonly all: Dependency[] = [];
  private readonly firstSteps = new Map<string, Step[]>();
  private readonly lastSteps: Step[] = [];
  private readonly away = new Map([[beginning, notYet]]);
  private readonly begun: Dependency[] = [];
  private isOpen = false;
  /** Until the next look; undefined while it looks, and before and after all of them. */
  private watching: NodeJS.Timeout | undefined;
  private readonly closing = new AbortController();

  constructor(@InjectLogger() private readonly logger: Logger) {}

  add(dependency: Dependency): void {
    this.all.push(dependency);
    this.away.set(dependency.name, notYet);
  }

  /** What has to be done as soon as the dependency is open, before anything else uses it. Done again if it rejects. */
  whenOpen(name: string, step: Step): void {
    this.firstSteps.set(name, [...(this.firstSteps.get(name) ?? []), step]);
  }

  /** What has to be done once everything is open. Done again if it rejects. */
  whenReady(step: Step): void {
    this.lastSteps.push(step);
  }

  /** Why the process is not ready: the name of what is missing, and the reason. Empty when it is ready. */
  missing(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.away);
  }

  /** True until everything has been open once. */
  areOpening(): boolean {
    return !this.isOpen;
  }

  /** Resolves when everything is open and the last step is done; never, if it is closed before. Rejects with what is hopeless. */
  async open(): Promise<void> {
    for (const dependency of this.all) {
      this.begun.push(dependency);
      const steps = [() => dependency.open(), ...(this.firstSteps.get(dependency.name) ?? [])];
      await this.keepTrying(dependency.name, steps, (error) => dependency.isHopeless?.(error) === true);
    }
    await this.keepTrying(beginning, this.lastSteps);
    if (this.closing.signal.aborted) return;
    this.isOpen = true;
    this.checkIn(checkEveryMs);
  }

  /** Somebody could not be served: looks at once, unless it is looking. */
  suspect(): void {
    if (this.watching) void this.checkAll();
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.stopWaiting();
    const tooLate = noAnswerWithin(closeMs);
    for (const dependency of this.begun.reverse())
      await Promise.race([dependency.close(), tooLate]).catch((error: unknown) => this.logger.warn(reasonOf(error)));
  }

  /** Does the steps in their order, each until it succeeds. Never resolves once the process is closing: nothing is begun any more. */
  private async keepTrying(name: string, steps: readonly Step[], isHopeless = never): Promise<void> {
    const { signal } = this.closing;
    const onFailure = (error: unknown) => this.lost(name, reasonOf(error));
    const isRetriable = (error: unknown) => !isHopeless(error);
    try {
      for (const step of steps) await retry(step, { signal, backoff, isRetriable, onFailure });
    } catch (error) {
      if (!signal.aborted) throw error;
      return new Promise(() => undefined);
    }
    this.found(name);
  }

  private checkIn(ms: number): void {
    if (this.closing.signal.aborted) return;
    this.watching = setTimeout(() => void this.checkAll(), ms);
    this.watching.unref();
  }

  private stopWaiting(): void {
    clearTimeout(this.watching);
    this.watching = undefined;
  }

  private async checkAll(): Promise<void> {
    this.stopWaiting();
    await Promise.all(
      this.all.map(({ name, check }) =>
        Promise.race([check(), noAnswerWithin(checkMs)]).then(
          () => this.found(name),
          (error: unknown) => this.lost(name, reasonOf(error)),
        ),
      ),
    );
    this.checkIn(this.away.size > 0 ? checkSoonMs : checkEveryMs);
  }

  private found(name: string): void {
    const reason = this.away.get(name);
    this.away.delete(name);
    if (reason && reason !== notYet) this.logger.info({ dependency: name }, `${name} is back`);
  }

  private lost(name: string, reason: string): void {
    if (this.away.get(name) === reason || this.closing.signal.aborted) return;
    const isNews = !this.away.has(name) || this.away.get(name) === notYet;
    this.away.set(name, reason);
    if (isNews) this.logger.error({ dependency: name }, `${name} is away, trying again: ${reason}`);
  }
}

function noAnswerWithin(ms: number): Promise<never> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref();
  });
  // It may come when nobody waits any more.
  late.catch(() => undefined);
  return late;
}
