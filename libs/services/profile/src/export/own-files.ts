import type { ExportFile } from '@sestante/runtime';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { viewOf } from '../customer-view.ts';
import { toActivityResponse } from '../customer-response.ts';
import { Notes, type StoredNote } from '../notes/notes.ts';
import { IdentityGraph } from '../store/identity-graph.ts';
import { readStandingOf } from '../store/read-customer.ts';
import { Timeline } from '../store/timeline.ts';

const pageSize = 200;

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

  private async *consents(customerId: string): AsyncGenerator<object> {
    const latest = await readStandingOf(this.dataSource, customerId);
    for (const [field, { value, setAt }] of latest) yield { field, value, setAt };
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
