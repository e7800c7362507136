import { type Static, Type } from 'typebox';
import type { Address } from './address.ts';

/** What Segment's SDKs read of the settings of a source: analytics-next, analytics-swift, analytics-kotlin. */
export const SegmentSettings = Type.Object(
  {
    integrations: Type.Object({
      'Segment.io': Type.Object({
        apiKey: Type.String(),
        apiHost: Type.String({ description: 'Where events go, without the protocol.' }),
        protocol: Type.Enum(['http', 'https']),
      }),
    }),
    metrics: Type.Object({ sampleRate: Type.Number() }),
  },
  { $id: 'SegmentSettings' },
);
export type SegmentSettings = Static<typeof SegmentSettings>;

/** Events go to where the settings came from. How the SDK itself fares is not measured. */
export function segmentSettings(apiKey: string, { host, protocol }: Address): SegmentSettings {
  return {
    integrations: { 'Segment.io': { apiKey, apiHost: `${host}/v1`, protocol } },
    metrics: { sampleRate: 0 },
  };
}
