import { Injectable } from '@nestjs/common';
import { ErasedIdentifiers } from '@sestante/runtime';
import type { ClientBase } from 'pg';
import { happenedBy } from './happened-by.ts';
import { lockErasures } from './lock-erasures.ts';

/** The persons who were erased. Events about them that are not published must not be stored either, if they happened before. */
@Injectable()
export class ErasedPersons {
  private readonly identifiers = new ErasedIdentifiers('ingest');

  /**
   * The events without those of erased persons. An event without a time of its own counts as one of before. Store them in the same transaction: nobody is
   * erased meanwhile.
   *
   * @param personsOf the identifiers in an event: see `personsIn`, and the customer of its token
   */
  async without<T extends { readonly event: unknown }>(
    client: ClientBase,
    events: readonly T[],
    personsOf: (event: T) => readonly string[],
  ): Promise<readonly T[]> {
    const persons = events.map(personsOf);
    const all = [...new Set(persons.flat())];
    if (all.length === 0) return events;
    await lockErasures(client, 'shared');
    const erasedAt = await this.identifiers.find(client, all);
    if (erasedAt.size === 0) return events;
    return events.filter(({ event }, index) => {
      const latest = Math.max(...persons[index]!.map((person) => erasedAt.get(person) ?? -Infinity));
      return latest === -Infinity || !happenedBy(event, latest);
    });
  }
}
