import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HourlyJobs } from '../hourly-jobs.ts';
import type { KeyHolder } from './api-keys.ts';
import { hashOf, newSecret } from './secrets.ts';

/** How long a session lasts at most. */
export const sessionSeconds = 43_200;
/** After how many seconds without a request it ends. */
export const idleSeconds = 3_600;
/** The largest number of sessions of one API key. A further one ends the session that was used least recently. */
export const maxSessionsOfKey = 100;
/** How long a process may accept a session that another process has ended. */
const cacheMs = 10_000;

/** The API key that a session was started with, and when the session ends at the latest. */
export interface SessionHolder extends KeyHolder {
  readonly endsAt: Date;
}

/** A new session. Its secret is returned only once, in the cookie. */
export interface NewSession {
  readonly secret: string;
  readonly endsAt: Date;
}

const isValid = `s.ends_at > now() and s.last_used_at > now() - make_interval(secs => ${idleSeconds})`;
const isKeyValid = '(k.ends_at is null or k.ends_at > now())';

/** The sessions of browsers, each started with an API key. Only hashes are stored. Lookups are cached for 10 s. */
@Injectable()
export class Sessions {
  private readonly cache = new Map<string, { holder: SessionHolder | undefined; until: number }>();

  constructor(
    private readonly dataSource: DataSource,
    jobs: HourlyJobs,
  ) {
    jobs.add('postgres/access', () => this.removeEnded());
  }

  /** Starts a session of the key. */
  async start(keyId: string): Promise<NewSession> {
    const secret = newSecret('se_');
    return this.dataSource.transaction(async (manager) => {
      // Two sign-ins with one key wait for each other, so that the limit holds.
      await manager.query('select from access.api_key where key_id = $1 for update', [keyId]);
      await manager.query(
        `delete from access.session where hash in (
           select hash from access.session where key_id = $1 order by last_used_at desc, hash offset $2)`,
        [keyId, maxSessionsOfKey - 1],
      );
      const [row] = await manager.query<{ endsAt: Date }[]>(
        `insert into access.session (hash, key_id, ends_at) values ($1, $2, now() + make_interval(secs => $3))
         returning ends_at as "endsAt"`,
        [hashOf(secret), keyId, sessionSeconds],
      );
      return { secret, endsAt: row!.endsAt };
    });
  }

  /** The holder of a valid session; undefined if it is unknown or has ended, or if its API key is no longer valid. */
  async findHolder(secret: string): Promise<SessionHolder | undefined> {
    const hash = hashOf(secret);
    const cached = this.cache.get(hash.toString('hex'));
    if (cached && cached.until > Date.now()) return cached.holder;
    const [[holder]] = await this.dataSource.query<[SessionHolder[], number]>(
      `update access.session s set last_used_at = now() from access.api_key k
        where s.hash = $1 and ${isValid} and k.key_id = s.key_id and ${isKeyValid}
       returning k.key_id as "keyId", k.name, k.role, s.ends_at as "endsAt"`,
      [hash],
    );
    if (this.cache.size > 1_000) this.cache.clear();
    const until = Math.min(Date.now() + cacheMs, holder?.endsAt.getTime() ?? Infinity);
    this.cache.set(hash.toString('hex'), { holder, until });
    return holder;
  }

  /** Ends a session. Other processes may accept it for up to 10 s. */
  async end(secret: string): Promise<void> {
    await this.dataSource.query('delete from access.session where hash = $1', [hashOf(secret)]);
    this.cache.clear();
  }

  /** Forgets what was looked up, because a key was revoked. */
  forget(): void {
    this.cache.clear();
  }

  /** Removes the sessions that nobody can use any more. */
  async removeEnded(): Promise<void> {
    await this.dataSource.query(
      `delete from access.session s using access.api_key k
        where k.key_id = s.key_id and not (${isValid} and ${isKeyValid})`,
    );
  }
}
