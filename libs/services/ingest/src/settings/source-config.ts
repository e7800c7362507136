import { type Static, Type } from 'typebox';
import type { Source } from '../types/source.ts';

const Switch = Type.Object({ enabled: Type.Boolean() });

/** What RudderStack's SDKs need to know of a source before they send: that it is there, and that nothing else gets its events. */
export const SourceConfig = Type.Object(
  {
    source: Type.Object({
      id: Type.String(),
      name: Type.String(),
      enabled: Type.Boolean(),
      config: Type.Object({ statsCollection: Type.Object({ errors: Switch, metrics: Switch }) }),
      destinations: Type.Array(Type.Unknown()),
    }),
  },
  { $id: 'SourceConfig' },
);
export type SourceConfig = Static<typeof SourceConfig>;

const off = { enabled: false };

export function sourceConfig({ id, name }: Source): SourceConfig {
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
