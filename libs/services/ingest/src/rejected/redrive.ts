import { Injectable } from '@nestjs/common';
import { notFound } from '@sestante/runtime';
import { DataSource, type EntityManager } from 'typeorm';
import { judgeAs, type Pausable } from '../formats/judge-as.ts';
import { type Format } from '../types/format.ts';
import { rejectReusedId } from '../publish/id-reused.ts';
import { PublishActivities } from '../publish/publish-activities.ts';
import type { Verdict } from '../judge/judge.ts';
import { senderColumns } from '../sources/senders.ts';
import { claimsWith, type KeyKind, type Source } from '../types/source.ts';
import { mostShown, lineIdPatternOf, type RejectedFilter } from './rejected-events.ts';
import type { Redriven } from './rejected-response.ts';

/** The most events that one request reprocesses. */
export const mostRedriven = 10_000;
const pageSize = 500;

interface Row extends Source, Pausable {
  readonly rejectedId: string;
  readonly keyKind: KeyKind;
  readonly format: Format;
  readonly sentAt: string | null;
  readonly stableId: string | null;
  readonly receivedAt: Date;
  /** Null if it is too large to be judged. */
  readonly body: Buffer | null;
  readonly code: string;
  readonly reason: string;
  readonly messageIdWas: string | null;
  /** The customer whose token was sent with it. */
  readonly tokenOf: string | null;
  readonly isTokenWeak: boolean;
}

interface RedriveFilter extends RejectedFilter {
  readonly id?: string;
  readonly after?: string;
}

type Judged = Row & { readonly verdict: Verdict };

/**
 * Judges rejected events again, with their original time of reception. An event that is accepted now is published, and is no longer rejected. An
 * event that is still rejected gets the current reason.
 */
@Injectable()
export class Redrive {
  constructor(
    private readonly dataSource: DataSource,
    private readonly activities: PublishActivities,
  ) {}

  /** Reprocesses one event. Throws 404. */
  async one(id: string): Promise<Verdict> {
    const [judged] = await this.page({ id });
    if (!judged) throw notFound('rejected event');
    return judged.verdict;
  }

  /** Reprocesses at most `mostRedriven` events of the filter after an id, oldest first. */
  async all(filter: RejectedFilter, after = '0'): Promise<Redriven> {
    const counts = { accepted: 0, rejected: 0 };
    let next: string | null = after;
    while (next !== null && counts.accepted + counts.rejected < mostRedriven) {
      const judged: readonly Judged[] = await this.page({ ...filter, after: next });
      for (const { verdict } of judged) counts[verdict.kind] += 1;
      next = judged.length < pageSize ? null : judged.at(-1)!.rejectedId;
    }
    return { ...counts, next };
  }

  /** The rows are locked until the published activities are durable, so that no event is reprocessed twice at a time. */
  private page(filter: RedriveFilter): Promise<readonly Judged[]> {
    return this.dataSource.transaction(async (manager) => {
      const judged = (await lockRows(manager, filter)).map((row) => ({ ...row, verdict: judgeAgain(row) }));
      const unpublished = await this.activities.publish(
        judged.flatMap(({ verdict }) => (verdict.kind === 'accepted' ? [verdict.activity] : [])),
      );
      const settled = judged.map((row) => ({ ...row, verdict: rejectReusedId(row.verdict, unpublished) }));
      await settle(manager, settled);
      return settled;
    });
  }
}

function judgeAgain(row: Row): Verdict {
  const { rejectedId, keyKind, format, sentAt, stableId, receivedAt, body, code, reason, messageIdWas } = row;
  // An unreadable line and an event that is too large stay rejected.
  if (format === 'line' || body === null)
    return { kind: 'rejected', rejection: { code, reason, messageId: messageIdWas ?? undefined } };
  // The same id, if it is reprocessed or sent again.
  const messageId = stableId ?? `rejected-${rejectedId}`;
  const source = { ...row, claims: claimsWith(keyKind, row.claims) };
  const token = row.tokenOf === null ? undefined : { customerId: row.tokenOf, isWeak: row.isTokenWeak };
  const reception = { receivedAt, sentAt, messageId, token, isFromFile: stableId?.startsWith('import-') ?? false };
  return judgeAs(format, JSON.parse(body.toString()), source, reception);
}

async function lockRows(
  manager: EntityManager,
  { id, after, sourceId, code, importId }: RedriveFilter,
): Promise<Row[]> {
  return manager.query<Row[]>(
    `select r.id::text as "rejectedId", r.key_kind as "keyKind", r.format, r.sent_at as "sentAt", r.place as "stableId",
            r.received_at as "receivedAt", r.code, r.reason, r.message_id as "messageIdWas", r.token_of as "tokenOf",
            r.is_token_weak as "isTokenWeak",
            case when octet_length(r.body) <= ${mostShown} then r.body end as body, ${senderColumns}
       from ingest.rejected r join ingest.source s on s.id = r.source_id
      where ($1::bigint is null or r.id = $1) and ($2::bigint is null or r.id > $2)
        and ($3::uuid is null or r.source_id = $3) and ($4::text is null or r.code = $4)
        and ($5::text is null or r.place like $5)
      order by r.id limit $6 for update of r`,
    [id ?? null, after ?? null, sourceId ?? null, code ?? null, lineIdPatternOf(importId), pageSize],
  );
}

async function settle(manager: EntityManager, judged: readonly Judged[]): Promise<void> {
  const accepted = judged.filter(({ verdict }) => verdict.kind === 'accepted');
  await manager.query('delete from ingest.rejected where id = any($1::bigint[])', [
    accepted.map(({ rejectedId }) => rejectedId),
  ]);
  const again = judged.flatMap(({ rejectedId, verdict }) =>
    verdict.kind === 'rejected' ? [{ ...verdict.rejection, rejectedId }] : [],
  );
  await manager.query(
    `update ingest.rejected r set code = n.code, reason = n.reason
       from unnest($1::bigint[], $2::text[], $3::text[]) as n(id, code, reason)
      where r.id = n.id and (r.code, r.reason) is distinct from (n.code, n.reason)`,
    [again.map(({ rejectedId }) => rejectedId), again.map(({ code }) => code), again.map(({ reason }) => reason)],
  );
}
