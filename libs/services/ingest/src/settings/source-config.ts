import { type Static, Type } from 'typebox';
import type { Source } from '../types/source.ts';

const Switch = Type.Object({ enabled: Type.Boolean() });

/** The configuration of a source that RudderStack's SDKs need before they send: it is enabled, and has no other destinations. */
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
