import { type Static, Type } from 'typebox';
import type { Address } from './address.ts';

/** The settings of a source that Segment's SDKs read: analytics-next, analytics-swift, analytics-kotlin. */
export const SegmentSettings = Type.Object(
  {
    integrations: Type.Object({
      'Segment.io': Type.Object({
        apiKey: Type.String(),
        apiHost: Type.String({ description: 'The address for events, without the protocol.' }),
        protocol: Type.Enum(['http', 'https']),
      }),
    }),
    metrics: Type.Object({ sampleRate: Type.Number() }),
  },
  { $id: 'SegmentSettings' },
);
export type SegmentSettings = Static<typeof SegmentSettings>;

/** Events are sent to the server of the settings. The SDK's own metrics are off. */
export function segmentSettings(apiKey: string, { host, protocol }: Address): SegmentSettings {
  return {
    integrations: { 'Segment.io': { apiKey, apiHost: `${host}/v1`, protocol } },
    metrics: { sampleRate: 0 },
  };
}
