import type { ExportFile } from '@sestante/runtime';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { viewOf } from '../customer-view.ts';
import { toActivityResponse } from '../customer-response.ts';
import { Notes, type StoredNote } from '../notes/notes.ts';
import { readConsents } from '../store/consents.ts';
import { IdentityGraph } from '../store/identity-graph.ts';
import { readStandingOf } from '../store/read-customer.ts';
import { Timeline } from '../store/timeline.ts';

const pageSize = 200;
/** The most consents for each subject: the latest. */
const mostConsents = 1_000;

/** Reads what this service stores about a customer. */
@Injectable()
export class OwnFiles {
  constructor(
    private readonly dataSource: DataSource,
    private readonly timeline: Timeline,
    private readonly notes: Notes,
    private readonly graph: IdentityGraph,
  ) {}

  /** @param customerId a present id */
  of(customerId: string): ExportFile[] {
    return [
      { name: 'profile', items: this.profile(customerId) },
      { name: 'consents', items: this.consents(customerId) },
      { name: 'notes', items: this.notesOf(customerId) },
      { name: 'links', items: this.links(customerId) },
      { name: 'timeline', items: this.activities(customerId) },
    ];
  }

  private async *profile(customerId: string): AsyncGenerator<object> {
    const customer = await viewOf(this.dataSource, customerId);
    if (customer) yield customer;
  }

  /** Every consent with its proof, and what else decides about contacts. Not who acted for the customer. */
  private async *consents(customerId: string): AsyncGenerator<object> {
    const said = await readConsents(this.dataSource, customerId, mostConsents);
    for (const records of said.values()) for (const { actedBy: _, ...record } of records) yield record;
    const subjects: ReadonlySet<string> = new Set(said.keys());
    for (const [field, { value, setAt }] of await readStandingOf(this.dataSource, customerId))
      if (!subjects.has(field) && !field.startsWith('attributes.')) yield { field, value, setAt };
  }

  /** All of them: also those that clerks wrote for each other. */
  private async *notesOf(customerId: string): AsyncGenerator<object> {
    for (let before: { createdAt: string; noteId: string } | undefined; ;) {
      const page: StoredNote[] = await this.notes.page(customerId, { isCustomer: false }, pageSize, before);
      for (const { author, ...note } of page) yield { ...note, writtenBy: author.by === 'customer' ? 'you' : 'us' };
      if (page.length < pageSize) return;
      const last = page.at(-1)!;
      before = { createdAt: last.createdAt.toISOString(), noteId: last.noteId };
    }
  }

  /** Those that hold. A refused one may name somebody else. */
  private async *links(customerId: string): AsyncGenerator<object> {
    const { links } = await this.graph.links(customerId);
    for (const { linkId, members, rule, at, activityId, refusal } of links)
      if (refusal === null) yield { linkId, members, rule, at, activityId };
  }

  private async *activities(customerId: string): AsyncGenerator<object> {
    for (let cursor; ;) {
      const page = await this.timeline.page(customerId, { order: 'desc', cursor }, pageSize);
      yield* page.map(toActivityResponse);
      if (page.length < pageSize) return;
      cursor = page.at(-1);
    }
  }
}
