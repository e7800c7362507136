import type { Source } from '../sources/source.ts';

const off = { enabled: false };

/** What RudderStack's SDKs need to know of a source before they send: that it is there, and that nothing else gets its events. */
export function sourceConfig({ id, name }: Source) {
  return {
    source: {
      id,
      name,
      enabled: true,
      config: { statsCollection: { errors: off, metrics: off } },
      destinations: [],
    },
  };
}

export type SourceConfig = ReturnType<typeof sourceConfig>;
