import { Injectable } from '@nestjs/common';
import { hashOf } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { claimsWith, type Sender } from '../types/source.ts';

/** How long another process may use an outdated source. */
const cacheMs = 10_000;
const longestCachedKey = 256;
const mostCached = 1_000;

/** The columns of a sender apart from the kind of its key, from `ingest.source s`. */
export const senderColumns = `s.id, s.name, s.channel, s.claims, s.origins, s.events_per_second as "eventsPerSecond", s.is_paused as "isPaused",
  s.is_strict as "isStrict", s.pages_may_link as "pagesMayLink", s.time_zone as "timeZone", s.country,
  s.consent_categories as "consentCategories"`;

interface CachedSender {
  readonly sender: Sender | undefined;
  readonly until: number;
}

/** Finds senders by their write keys. Results are cached for 10 s, and for longer while the database is unavailable, so that sources can still send. */
@Injectable()
export class Senders {
  private cache = new Map<string, CachedSender>();

  constructor(private readonly dataSource: DataSource) {}

  byKey(writeKey: string): Promise<Sender | undefined> {
    return this.cached(`key ${writeKey}`, () => this.findByKey(writeKey));
  }

  /** A source by its id, such as that of the inbound topic. */
  async byId(id: string): Promise<Sender> {
    const sender = await this.cached(`id ${id}`, () => this.findById(id));
    if (!sender) throw new Error(`The source ${id} is missing.`);
    return sender;
  }

  /** The cached result, or else the result of `find`. */
  private async cached(name: string, find: () => Promise<Sender | undefined>): Promise<Sender | undefined> {
    const { cache } = this;
    const hit = cache.get(name);
    if (hit && hit.until > Date.now()) return hit.sender;
    try {
      const sender = await find();
      // After `forget`, this is the discarded cache: a result from before the change is not used.
      remember(cache, name, sender);
      return sender;
    } catch (error) {
      if (hit?.sender) return hit.sender;
      throw error;
    }
  }

  /** Clears the cache, after a source has changed. */
  forget(): void {
    this.cache = new Map();
  }

  private async findByKey(writeKey: string): Promise<Sender | undefined> {
    const [found] = await this.dataSource.query<Sender[]>(
      `select ${senderColumns}, k.kind as "keyKind" from ingest.source_key k join ingest.source s on s.id = k.source_id
        where k.hash = $1 and (k.ends_at is null or k.ends_at > now())`,
      [hashOf(writeKey)],
    );
    return found && { ...found, claims: claimsWith(found.keyKind, found.claims) };
  }

  private async findById(id: string): Promise<Sender | undefined> {
    const [found] = await this.dataSource.query<Sender[]>(
      `select ${senderColumns}, 'secret' as "keyKind" from ingest.source s where s.id = $1`,
      [id],
    );
    return found;
  }
}

function remember(cache: Map<string, CachedSender>, name: string, sender: Sender | undefined): void {
  // Unauthenticated clients may send any number of keys of any length.
  if (name.length > longestCachedKey) return;
  if (cache.size >= mostCached) cache.clear();
  cache.set(name, { sender, until: Date.now() + cacheMs });
}
