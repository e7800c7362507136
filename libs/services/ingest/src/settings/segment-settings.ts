import type { Address } from './address.ts';

/** What Segment's SDKs read of the settings of a source: analytics-next, analytics-swift, analytics-kotlin. */
export interface SegmentSettings {
  readonly integrations: {
    readonly 'Segment.io': {
      readonly apiKey: string;
      readonly apiHost: string;
      readonly protocol: Address['protocol'];
    };
  };
  readonly metrics: { readonly sampleRate: number };
}

/** Events go to where the settings came from. How the SDK itself fares is not measured. */
export function segmentSettings(apiKey: string, { host, protocol }: Address): SegmentSettings {
  return {
    integrations: { 'Segment.io': { apiKey, apiHost: `${host}/v1`, protocol } },
    metrics: { sampleRate: 0 },
  };
}
