import { Injectable } from '@nestjs/common';
import { withClient } from '@sestante/postgres';
import { ErasedIdentifiers } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { happenedBy } from './happened-by.ts';

/** The persons who were erased. Events about them that are not published must not be stored either, if they happened before. */
@Injectable()
export class ErasedPersons {
  private readonly identifiers = new ErasedIdentifiers('ingest');

  constructor(private readonly dataSource: DataSource) {}

  /**
   * The events without those of erased persons. An event without a time of its own counts as one of before.
   *
   * @param personsOf the identifiers in an event: see `personsIn`
   */
  async without<T extends { readonly event: unknown }>(
    events: readonly T[],
    personsOf: (event: T) => readonly string[],
  ): Promise<readonly T[]> {
    const persons = events.map(personsOf);
    const all = [...new Set(persons.flat())];
    if (all.length === 0) return events;
    const erasedAt = await withClient(this.dataSource, (client) => this.identifiers.find(client, all));
    if (erasedAt.size === 0) return events;
    return events.filter(({ event }, index) => {
      const latest = Math.max(...persons[index]!.map((person) => erasedAt.get(person) ?? -Infinity));
      return latest === -Infinity || !happenedBy(event, latest);
    });
  }
}
