import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Match, matchesByIdentifier, matchesByName } from './find-matches.ts';
import { readSummaries, type Summary } from './read-summaries.ts';
import { maxFound } from './search-response.ts';

/** A customer that was found, and by what. */
export interface Found extends Summary {
  readonly matched: 'identifier' | 'name';
}

/** Finds customers by what a person knows of them. */
@Injectable()
export class SearchCustomers {
  constructor(private readonly dataSource: DataSource) {}

  /** The customers with this identifier, then those with a name that begins so; at most 20. */
  async find(text: string, country?: string): Promise<Found[]> {
    const [byIdentifier, byName] = await Promise.all([
      matchesByIdentifier(this.dataSource, text, country),
      matchesByName(this.dataSource, text),
    ]);
    const matches = Map.groupBy([...byIdentifier, ...byName], ({ customerId }) => customerId);
    const best = [...matches].slice(0, maxFound);
    const known = new Set<Match>(byIdentifier);
    const summaries = await readSummaries(
      this.dataSource,
      best.flatMap(([, of]) => of),
    );
    return best.flatMap(([customerId, [first]]) => {
      const summary = summaries.get(customerId);
      return summary ? [{ ...summary, matched: known.has(first!) ? ('identifier' as const) : ('name' as const) }] : [];
    });
  }
}
