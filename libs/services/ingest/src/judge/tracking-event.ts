import { Ajv, type ErrorObject } from 'ajv';
import { type Static, Type } from 'typebox';
import { longestMessageId } from './limits.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Word = Nullable(Type.Union([Type.String(), Type.Number()]));
const Fields = Nullable(Type.Record(Type.String(), Type.Unknown()));

/** What a Segment-compatible SDK sends, as far as we read it. Everything else is ignored. */
export const TrackingEvent = Type.Object({
  type: Type.Enum(['track', 'identify', 'page', 'screen', 'group', 'alias']),
  messageId: Type.Optional(Nullable(Type.Union([Type.String({ maxLength: longestMessageId }), Type.Number()]))),
  userId: Type.Optional(Word),
  anonymousId: Type.Optional(Word),
  previousId: Type.Optional(Word),
  groupId: Type.Optional(Word),
  event: Type.Optional(Type.Unknown()),
  name: Type.Optional(Type.Unknown()),
  category: Type.Optional(Type.Unknown()),
  channel: Type.Optional(Type.Unknown()),
  properties: Type.Optional(Fields),
  traits: Type.Optional(Fields),
  context: Type.Optional(Fields),
  timestamp: Type.Optional(Type.Unknown()),
  originalTimestamp: Type.Optional(Type.Unknown()),
  sentAt: Type.Optional(Type.Unknown()),
});

export type TrackingEvent = Omit<Static<typeof TrackingEvent>, 'type'> & {
  readonly type: 'track' | 'identify' | 'page' | 'screen' | 'group' | 'alias';
};

const ajv = new Ajv();
const validate = ajv.compile<TrackingEvent>(TrackingEvent);

/** The event, or a sentence on why its shape cannot be used. */
export function readTrackingEvent(value: unknown): TrackingEvent | string {
  return validate(value) ? value : sentenceOf(validate.errors![0]!);
}

function sentenceOf({ keyword, instancePath, params, message }: ErrorObject): string {
  const { allowedValues } = params as { allowedValues?: readonly string[] };
  return `event${instancePath} ${keyword === 'enum' ? `must be one of ${allowedValues!.join(', ')}` : message}`;
}
