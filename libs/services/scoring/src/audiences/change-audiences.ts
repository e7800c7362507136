import { isDeepStrictEqual } from 'node:util';
import { transaction } from '@sestante/postgres';
import type { RuleDocument } from '@sestante/rules';
import { notFound, Problem } from '@sestante/runtime';
import type { DataSource } from 'typeorm';
import { changesBetween } from '../document-changes.ts';
import {
  type AudienceContent,
  deleteAudience,
  insertAudience,
  lockAudiences,
  type StoredAudience,
  updateAudience,
} from '../store/audiences.ts';
import type { ChangedBy } from '../store/model.table.ts';
import { assertNoFaults } from './checked-rule.ts';
import { faultsOfNamed } from './expand-rule.ts';
import { namedAudiences } from './named-audiences.ts';

/** The rules of all of them are evaluated for every customer that changes. */
export const mostAudiences = 200;
/** The most changes in one response. */
const mostChanges = 200;

/** Stores a new audience. Resolves to its id. Throws 409 and 422. */
export function addAudience(dataSource: DataSource, content: AudienceContent, by: ChangedBy): Promise<string> {
  return transaction(dataSource, async (client) => {
    const stored = await lockAudiences(client);
    if (stored.length >= mostAudiences)
      throw new Problem(409, 'too-many-audiences', `There are ${mostAudiences} audiences already. Delete one first.`);
    assertFits(content, stored);
    return insertAudience(client, content, by);
  });
}

/** The next version of an audience, and the revision that it was made from. */
export interface ChangedAudience extends AudienceContent {
  readonly audienceId: string;
  readonly revision: number;
}

/** Replaces what an audience says; the same content changes nothing. Throws 404, 409 if somebody else has changed it since, and 422. */
export function replaceAudience(dataSource: DataSource, changed: ChangedAudience, by: ChangedBy): Promise<void> {
  return transaction(dataSource, async (client) => {
    const stored = await lockAudiences(client);
    const current = stored.find(({ audienceId }) => audienceId === changed.audienceId);
    if (!current) throw notFound('audience');
    if (current.revision !== changed.revision) throw changedSince(current, changed);
    assertFits(changed, stored);
    if (!isDeepStrictEqual(contentOf(current), contentOf(changed))) await updateAudience(client, changed, by);
  });
}

/** Throws 404, and 409 while other audiences name it. */
export function removeAudience(dataSource: DataSource, audienceId: string): Promise<void> {
  return transaction(dataSource, async (client) => {
    const stored = await lockAudiences(client);
    if (!stored.some((one) => one.audienceId === audienceId)) throw notFound('audience');
    const naming = stored.filter(({ rule }) => namedAudiences(rule).some((named) => named.audienceId === audienceId));
    if (naming.length > 0) throw inUse(naming);
    await deleteAudience(client, audienceId);
  });
}

/** Throws 409 if another audience has the name, and 422 if its rule names audiences that it may not name. */
function assertFits(content: AudienceContent & { readonly audienceId?: string }, stored: readonly StoredAudience[]) {
  const { name, rule, audienceId } = content;
  const isSame = (one: StoredAudience) => one.name.toLowerCase() === name.toLowerCase();
  if (stored.some((one) => one.audienceId !== audienceId && isSame(one)))
    throw new Problem(409, 'name-exists', `There is an audience with the name ${name} already.`);
  const rules = new Map(stored.map((one) => [one.audienceId, one.rule]));
  assertNoFaults(faultsOfNamed(rule, rules, audienceId));
  if (audienceId === undefined) return;
  rules.set(audienceId, rule);
  assertNamingFit(audienceId, rules);
}

/** The audiences that name this one become larger with it. Throws 422. */
function assertNamingFit(audienceId: string, rules: ReadonlyMap<string, RuleDocument>): void {
  for (const [otherId, other] of rules)
    if (otherId !== audienceId && faultsOfNamed(other, rules, otherId).length > 0)
      assertNoFaults([
        { place: 'document', message: `has too many parts for the audience ${otherId}, which names it` },
      ]);
}

const contentOf = ({ name, description, rule }: AudienceContent) => ({ name, description, rule });

function changedSince(current: StoredAudience, sent: ChangedAudience): Problem {
  const { name, revision } = current;
  if (sent.revision > revision)
    return new Problem(409, 'audience-changed', `The audience ${name} has the revision ${revision}. Read it again.`);
  return new Problem(
    409,
    'audience-changed',
    `The audience ${name} was changed by ${current.changedBy.name} since you read it: it has the revision ${revision} now. Read it again, and repeat your change.`,
    undefined,
    { revision, differences: changesBetween(contentOf(current), contentOf(sent)).slice(0, mostChanges) },
  );
}

function inUse(naming: readonly StoredAudience[]): Problem {
  const names = naming.map(({ name }) => name).join(', ');
  return new Problem(
    409,
    'audience-in-use',
    `Other audiences name it: ${names}. Change or delete them first.`,
    undefined,
    { audiences: naming.map(({ audienceId, name }) => ({ audienceId, name })) },
  );
}
