import { Injectable } from '@nestjs/common';
import { hashOf } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { claimsWith, type Sender } from '../types/source.ts';

/** So long may another process go on with what it knew of a source. */
const rememberMs = 10_000;
const longestRemembered = 256;
const mostRemembered = 1_000;

const settings = `s.id, s.name, s.channel, s.claims, s.origins, s.events_per_second as "eventsPerSecond", s.is_paused as "isPaused",
  s.is_strict as "isStrict", s.time_zone as "timeZone"`;

interface Known {
  readonly sender: Sender | undefined;
  readonly until: number;
}

/** Who sends, by the write key. Answers are remembered for 10 s, and for longer while the database is away: sources go on sending. */
@Injectable()
export class Senders {
  private remembered = new Map<string, Known>();

  constructor(private readonly dataSource: DataSource) {}

  byKey(writeKey: string): Promise<Sender | undefined> {
    return this.recall(`key ${writeKey}`, () => this.findByKey(writeKey));
  }

  /** One of our own, such as that of the inbound topic. */
  async byId(id: string): Promise<Sender> {
    const sender = await this.recall(`id ${id}`, () => this.findById(id));
    if (!sender) throw new Error(`The source ${id} is missing.`);
    return sender;
  }

  /** What was known of it lately, or else what `find` comes to. */
  private async recall(name: string, find: () => Promise<Sender | undefined>): Promise<Sender | undefined> {
    const { remembered } = this;
    const known = remembered.get(name);
    if (known && known.until > Date.now()) return known.sender;
    try {
      const sender = await find();
      // Whatever was found before something changed may not be so any more: it goes where nobody looks.
      remember(remembered, name, sender);
      return sender;
    } catch (error) {
      if (known?.sender) return known.sender;
      throw error;
    }
  }

  /** Something about a source has changed. */
  forget(): void {
    this.remembered = new Map();
  }

  private async findByKey(writeKey: string): Promise<Sender | undefined> {
    const [found] = await this.dataSource.query<Sender[]>(
      `select ${settings}, k.kind as "keyKind" from ingest.source_key k join ingest.source s on s.id = k.source_id
        where k.hash = $1 and (k.ends_at is null or k.ends_at > now())`,
      [hashOf(writeKey)],
    );
    return found && { ...found, claims: claimsWith(found.keyKind, found.claims) };
  }

  private async findById(id: string): Promise<Sender | undefined> {
    const [found] = await this.dataSource.query<Sender[]>(
      `select ${settings}, 'secret' as "keyKind" from ingest.source s where s.id = $1`,
      [id],
    );
    return found;
  }
}

function remember(remembered: Map<string, Known>, name: string, sender: Sender | undefined): void {
  // Strangers may send as many keys as they like, of any length.
  if (name.length > longestRemembered) return;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(name, { sender, until: Date.now() + rememberMs });
}
