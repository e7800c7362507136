import { Injectable } from '@nestjs/common';
import { CustomerTokens } from '@sestante/runtime';
import { takeToken } from '../formats/take-token.ts';
import type { CustomerToken } from '../types/customer-token.ts';
import type { Submission } from '../types/submission.ts';

/** A submission without customer tokens, and what the token of each event was. */
export interface ReadSubmission {
  readonly submission: Submission;
  /** Undefined for an event without one, and for all events of a secret key, which needs none. */
  readonly tokens: readonly (CustomerToken | undefined)[];
}

/** Reads the tokens of customers beside browser keys: from the header of the request, or from the context of an event, which comes first. */
@Injectable()
export class ReadTokens {
  constructor(private readonly customerTokens: CustomerTokens) {}

  async read(submission: Submission): Promise<ReadSubmission> {
    const { sender, format, events: given, customerToken } = submission;
    const taken = given.map((event) => takeToken(format, event));
    const read = { ...submission, events: taken.map(({ event }) => event) };
    if (sender.keyKind === 'secret') return { submission: read, tokens: [] };
    const texts = taken.map(({ token }) => token ?? customerToken);
    const known = new Map<string, CustomerToken>();
    for (const text of texts)
      if (text !== undefined && !known.has(text)) known.set(text, (await this.customerTokens.read(text)) ?? 'invalid');
    return { submission: read, tokens: texts.map((text) => (text === undefined ? undefined : known.get(text))) };
  }
}
