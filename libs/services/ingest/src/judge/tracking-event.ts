import { isObject } from '@sestante/contracts';
import { Ajv, type ErrorObject } from 'ajv';
import { type Static, Type } from 'typebox';
import { longestMessageId } from './limits.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Word = Nullable(Type.Union([Type.String(), Type.Number()]));
const Fields = Nullable(Type.Record(Type.String(), Type.Unknown()));

/** The fields of an event of a Segment-compatible SDK that are used. All other fields are ignored. */
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

const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile<TrackingEvent>(TrackingEvent);

/** The event, or the reason why its shape is invalid: all errors, joined. */
export function readTrackingEvent(given: unknown): TrackingEvent | string {
  if (validate(given)) return given;
  const value = withoutEmpty(given);
  if (validate(value)) return value;
  // A union reports an error for each of its types: the first is enough.
  const first = new Map<string, ErrorObject>();
  for (const error of validate.errors!) if (!first.has(pathOf(error))) first.set(pathOf(error), error);
  return [...first.values()].map(sentenceOf).join('; ');
}

const objects = ['properties', 'traits', 'context'];
const ids = ['messageId', 'userId', 'anonymousId', 'previousId', 'groupId'];

/** PHP writes an empty object as a list, and `false` for a missing id; forms write an empty text. */
function withoutEmpty(event: unknown): unknown {
  if (!isObject(event)) return event;
  const isEmpty = (name: string, value: unknown) =>
    objects.includes(name)
      ? value === false || value === '' || (Array.isArray(value) && value.length === 0)
      : ids.includes(name) && value === false;
  return Object.fromEntries(Object.entries(event).filter(([name, value]) => !isEmpty(name, value)));
}

const pathOf = ({ instancePath, keyword, params }: ErrorObject) =>
  keyword === 'required' ? `${instancePath}/${String(params['missingProperty'])}` : instancePath;

function sentenceOf({ keyword, instancePath, params, message }: ErrorObject): string {
  const { allowedValues } = params as { allowedValues?: readonly string[] };
  return `event${instancePath} ${keyword === 'enum' ? `must be one of ${allowedValues!.join(', ')}` : message}`;
}
