import { Injectable } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import { retry } from '@sestante/retry';
import type { Logger } from './logger.ts';
import { InjectLogger } from './tokens.ts';

/** A system outside of the process that it needs: a database, a stream. */
export interface Dependency {
  readonly name: string;
  /** Makes it usable. May be called again after it rejected. */
  open(): Promise<void>;
  /** Whether an error of `open` is permanent: it is not retried, and the start fails with it. If absent, no error is permanent. */
  isPermanent?(error: unknown): boolean;
  /** Rejects, with the reason, while the dependency is unavailable. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const checkEveryMs = 5_000;
/** The same while a dependency is unavailable. */
const checkSoonMs = 500;
const checkMs = 3_000;
/** The time limit for closing all dependencies together. */
const closeMs = 1_000;
const backoff = { minMs: 100, maxMs: 2_000 };

type Step = () => Promise<void>;
const never = (_: unknown) => false;

const notYet = 'not opened yet';
/** The name of the last step, which runs after everything has been opened, in `unavailable()`. */
const lastStep = 'handlers';

/**
 * Opens the dependencies of the process in the order in which they were added, and retries for as long as it takes. Then checks them regularly,
 * and closes them in reverse order. The log has one line for each change between available and unavailable.
 */
@Injectable()
export class Dependencies {
  private readonly all: Dependency[] = [];
  private readonly firstSteps = new Map<string, Step[]>();
  private readonly lastSteps: Step[] = [];
  /** The reasons by name. */
  private readonly reasons = new Map([[lastStep, notYet]]);
  private readonly opened: Dependency[] = [];
  private isOpen = false;
  /** Timer of the next check; undefined during a check, before the first and after the last. */
  private nextCheck: NodeJS.Timeout | undefined;
  private readonly closing = new AbortController();

  constructor(@InjectLogger() private readonly logger: Logger) {}

  add(dependency: Dependency): void {
    this.all.push(dependency);
    this.reasons.set(dependency.name, notYet);
  }

  /** Adds a step that runs as soon as the dependency is open, before anything else uses it. It is retried if it rejects. */
  whenOpen(name: string, step: Step): void {
    this.firstSteps.set(name, [...(this.firstSteps.get(name) ?? []), step]);
  }

  /** Adds a step that runs once everything is open. It is retried if it rejects. */
  whenReady(step: Step): void {
    this.lastSteps.push(step);
  }

  /** Why the process is not ready: the names of unavailable dependencies with the reasons. Empty when it is ready. */
  unavailable(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.reasons);
  }

  /** True until everything has been open at the same time once. */
  isStarting(): boolean {
    return !this.isOpen;
  }

  /** Resolves when everything is open and the last steps are done; never, if `close` is called before. Rejects with a permanent error. */
  async open(): Promise<void> {
    for (const dependency of this.all) {
      this.opened.push(dependency);
      const steps = [() => dependency.open(), ...(this.firstSteps.get(dependency.name) ?? [])];
      await this.runSteps(dependency.name, steps, (error) => dependency.isPermanent?.(error) === true);
    }
    await this.runSteps(lastStep, this.lastSteps);
    if (this.closing.signal.aborted) return;
    this.isOpen = true;
    this.scheduleCheck(checkEveryMs);
  }

  /** Checks all dependencies at once, unless a check is running. Called when a request fails because of a dependency. */
  checkNow(): void {
    if (this.nextCheck) void this.checkAll();
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.cancelNextCheck();
    const timeout = rejectAfter(closeMs);
    for (const dependency of this.opened.reverse())
      await Promise.race([dependency.close(), timeout]).catch((error: unknown) => this.logger.warn(reasonOf(error)));
  }

  /** Runs the steps in order, and retries each until it succeeds. Never resolves once the process is closing, so that nothing is started any more. */
  private async runSteps(name: string, steps: readonly Step[], isPermanent = never): Promise<void> {
    const { signal } = this.closing;
    const onFailure = (error: unknown) => this.setUnavailable(name, reasonOf(error));
    const isRetriable = (error: unknown) => !isPermanent(error);
    try {
      for (const step of steps) await retry(step, { signal, backoff, isRetriable, onFailure });
    } catch (error) {
      if (!signal.aborted) throw error;
      return new Promise(() => undefined);
    }
    this.setAvailable(name);
  }

  private scheduleCheck(ms: number): void {
    if (this.closing.signal.aborted) return;
    this.nextCheck = setTimeout(() => void this.checkAll(), ms);
    this.nextCheck.unref();
  }

  private cancelNextCheck(): void {
    clearTimeout(this.nextCheck);
    this.nextCheck = undefined;
  }

  private async checkAll(): Promise<void> {
    this.cancelNextCheck();
    await Promise.all(
      this.all.map(({ name, check }) =>
        Promise.race([check(), rejectAfter(checkMs)]).then(
          () => this.setAvailable(name),
          (error: unknown) => this.setUnavailable(name, reasonOf(error)),
        ),
      ),
    );
    this.scheduleCheck(this.reasons.size > 0 ? checkSoonMs : checkEveryMs);
  }

  private setAvailable(name: string): void {
    const reason = this.reasons.get(name);
    this.reasons.delete(name);
    if (reason && reason !== notYet) this.logger.info({ dependency: name }, `${name} is available again`);
  }

  private setUnavailable(name: string, reason: string): void {
    if (this.reasons.get(name) === reason || this.closing.signal.aborted) return;
    const isChange = !this.reasons.has(name) || this.reasons.get(name) === notYet;
    this.reasons.set(name, reason);
    if (isChange) this.logger.error({ dependency: name }, `${name} is unavailable, retrying: ${reason}`);
  }
}

function rejectAfter(ms: number): Promise<never> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no response within ${ms} ms`)), ms).unref();
  });
  // It may reject when nothing awaits it any more.
  late.catch(() => undefined);
  return late;
}
