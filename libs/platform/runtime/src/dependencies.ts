import { Injectable } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import type { Logger } from './observe/logger.ts';
import { InjectLogger } from './tokens.ts';

/** Something outside of the process that the work needs: a database, a stream. */
export interface Dependency {
  readonly name: string;
  /** Makes it usable. May be called again after it rejected. */
  open(): Promise<void>;
  /** Rejects, with the reason, while it cannot be used. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const checkEveryMs = 2_000;
const checkMs = 3_000;

/**
 * Opens what the process needs, in the order in which it was added, for as long as it takes; then watches it, and closes it in the
 * opposite order. Every change between here and away is one line in the log.
 */
@Injectable()
export class Dependencies {
  private readonly all: Dependency[] = [];
  private readonly firstSteps = new Map<string, () => Promise<void>>();
  private readonly whenAllOpen: (() => Promise<void>)[] = [];
  private readonly away = new Map<string, string>();
  private readonly opened = new Set<string>();
  private watching: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(@InjectLogger() private readonly logger: Logger) {}

  add(dependency: Dependency): void {
    this.all.push(dependency);
    this.away.set(dependency.name, 'not opened yet');
  }

  /** What has to be done as soon as the dependency is open, before anything else uses it. Done again if it rejects. */
  whenOpen(name: string, step: () => Promise<void>): void {
    this.firstSteps.set(name, step);
  }

  /** What has to be done once everything is open. */
  whenReady(step: () => Promise<void>): void {
    this.whenAllOpen.push(step);
  }

  /** Why the process is not ready: the name of what is missing, and the reason. Empty when it is ready. */
  missing(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.away);
  }

  async open(): Promise<void> {
    for (const dependency of this.all) await this.openOne(dependency);
    for (const step of this.whenAllOpen) await step();
    this.watching = setInterval(() => void this.checkAll(), checkEveryMs);
    this.watching.unref();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.watching);
    for (const dependency of [...this.all].reverse()) {
      if (this.opened.has(dependency.name))
        await dependency.close().catch((error: unknown) => this.logger.warn(reasonOf(error)));
    }
  }

  private async openOne(dependency: Dependency): Promise<void> {
    for (let attempt = 1; !this.closing; attempt += 1) {
      try {
        await dependency.open();
        await this.firstSteps.get(dependency.name)?.();
        this.opened.add(dependency.name);
        return this.found(dependency.name);
      } catch (error) {
        this.lost(dependency.name, reasonOf(error));
        await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 100 * attempt)));
      }
    }
  }

  private async checkAll(): Promise<void> {
    await Promise.all(
      this.all.map(({ name, check }) =>
        Promise.race([check(), timeOut()]).then(
          () => this.found(name),
          (error: unknown) => this.lost(name, reasonOf(error)),
        ),
      ),
    );
  }

  private found(name: string): void {
    const reason = this.away.get(name);
    this.away.delete(name);
    if (reason && reason !== 'not opened yet') this.logger.info({ dependency: name }, `${name} is back`);
  }

  private lost(name: string, reason: string): void {
    if (this.away.get(name) === reason || this.closing) return;
    const isNews = !this.away.has(name) || this.away.get(name) === 'not opened yet';
    this.away.set(name, reason);
    if (isNews) this.logger.error({ dependency: name }, `${name} is away, trying again: ${reason}`);
  }
}

function timeOut(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${checkMs} ms`)), checkMs).unref();
  });
}
