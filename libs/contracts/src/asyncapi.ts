import { cloudEventSchema } from './cloud-event.ts';
import type { EventType, ForeignTopic, Topic } from './topic.ts';

type Document = Readonly<Record<string, unknown>>;

/** The AsyncAPI 3.0 document of the topics: channels, who sends and who receives, messages with schema and example. */
export function asyncapi(
  topics: Readonly<Record<string, Topic>>,
  foreign: Readonly<Record<string, ForeignTopic>> = {},
): Document {
  const events = Object.entries(topics).flatMap(([channel, topic]) =>
    Object.entries(topic.events).map((event) => ({ channel, topic, event })),
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Sestante',
      version: '1.0.0',
      description:
        'What the services tell each other. CloudEvents 1.0 in binary mode: the attributes are headers, the data are the value. ' +
        'Delivered at least once, in order per key.',
    },
    defaultContentType: 'application/json',
    channels: {
      ...mapped(Object.entries(topics), ([name, topic]) => [name, channelOf(name, topic)]),
      ...mapped(Object.entries(foreign), ([name, topic]) => [name, channelOf(name, { ...topic, events: cloudEvent })]),
    },
    operations: Object.fromEntries(
      Object.entries({ ...topics, ...foreign }).flatMap(([name, topic]) => operationsOf(name, topic)),
    ),
    components: {
      messages: {
        ...mapped(events, ({ channel, topic, event: [name, declared] }) => [
          messageKey(channel, name),
          messageOf(name, declared, topic),
        ]),
        ...mapped(Object.keys(foreign), (name) => [messageKey(name, 'CloudEvent'), cloudEvent.CloudEvent]),
      },
      schemas: mapped(events, ({ event: [, { schema }] }) => [idOf(schema), withoutId(schema)]),
    },
  };
}

/** What stands on a topic of others. */
const cloudEvent = {
  CloudEvent: {
    name: 'CloudEvent',
    title: 'CloudEvent 1.0',
    summary:
      'An activity in binary (`ce_*` headers), structured or batched mode; its `type` ends in the name of the activity.',
    contentType: 'application/cloudevents+json',
    payload: cloudEventSchema,
  },
};

/** An event may be on several channels, from different services. */
const messageKey = (channel: string, event: string) => `${channel}.${event}`;

function channelOf(
  channel: string,
  { name, description, events }: Pick<Topic, 'name' | 'description'> & { readonly events: object },
): Document {
  return {
    address: name,
    description,
    messages: mapped(Object.keys(events), (event) => [
      event,
      reference('components/messages', messageKey(channel, event)),
    ]),
  };
}

function operationsOf(channel: string, topic: Topic | ForeignTopic): [string, Document][] {
  const operation = (service: string, action: 'send' | 'receive'): [string, Document] => [
    `${service}.${action}.${channel}`,
    { action, channel: reference('channels', channel), tags: [{ name: service }] },
  ];
  const receive = topic.consumers.map((consumer) => operation(consumer, 'receive'));
  return 'producer' in topic ? [...producersOf(topic).map((one) => operation(one, 'send')), ...receive] : receive;
}

const producersOf = ({ producer, otherProducers = [] }: Topic) => [producer, ...otherProducers];

function messageOf(name: string, { type, description, schema, example }: EventType, topic: Topic): Document {
  const { key } = topic;
  const [source, ...others] = producersOf(topic).map((service) => `/sestante/${service}`);
  return {
    name,
    title: type,
    summary: description,
    headers: {
      type: 'object',
      required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type'],
      properties: {
        ce_specversion: { const: '1.0' },
        ce_id: { type: 'string', description: 'The same for every publication of the same thing.' },
        ce_source: others.length > 0 ? { enum: [source, ...others] } : { const: source },
        ce_type: { const: type },
      },
    },
    payload: reference('components/schemas', idOf(schema)),
    bindings: { kafka: { key: { type: 'string', description: key } } },
    examples: [{ payload: example }],
  };
}

/** The name of a schema, such as `score-changed.v1`. */
export function idOf(schema: object): string {
  return (schema as { $id: string }).$id;
}

function withoutId(schema: object): object {
  const { $id: _, ...rest } = schema as { $id: string };
  return rest;
}

const reference = (place: string, name: string) => ({ $ref: `#/${place}/${name}` });

function mapped<T>(values: readonly T[], entry: (value: T) => [string, unknown]): Document {
  return Object.fromEntries(values.map(entry));
}
