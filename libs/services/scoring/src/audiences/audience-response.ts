import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import type { AudienceRevision, StoredAudience } from '../store/audiences.ts';

const Rule = Type.Object({}, { $id: 'AudienceRule', description: 'A rule over the fields of customers.' });

const revision = {
  name: Type.String(),
  description: Type.String(),
  revision: Type.Integer({ minimum: 1, description: 'Counts the versions from 1.' }),
  changedAt: Instant,
  changedBy: Type.Object(
    { keyId: Type.String(), name: Type.String() },
    { description: 'The API key that made this version.' },
  ),
};

const summary = { audienceId: Type.String({ format: 'uuid' }), ...revision, createdAt: Instant };

export const AudienceList = Type.Object(
  { items: Type.Array(Type.Object(summary, { $id: 'AudienceSummary' }), { description: 'By name.' }) },
  { $id: 'AudienceList' },
);
export type AudienceList = Static<typeof AudienceList>;

export const AudienceResponse = Type.Object({ ...summary, rule: Rule }, { $id: 'Audience' });
export type AudienceResponse = Static<typeof AudienceResponse>;

export const AudienceVersions = Type.Object(
  {
    items: Type.Array(Type.Object({ ...revision, rule: Rule }, { $id: 'AudienceVersion' }), {
      description: 'The latest first.',
    }),
    next: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
  },
  { $id: 'AudienceVersions' },
);
export type AudienceVersions = Static<typeof AudienceVersions>;

export function toSummary({ rule: _, ...audience }: StoredAudience): AudienceList['items'][number] {
  return { ...audience, changedAt: audience.changedAt.toISOString(), createdAt: audience.createdAt.toISOString() };
}

export function toAudience(audience: StoredAudience): AudienceResponse {
  return { ...toSummary(audience), rule: audience.rule };
}

export function toVersion({ changedAt, ...version }: AudienceRevision): AudienceVersions['items'][number] {
  return { ...version, changedAt: changedAt.toISOString() };
}
