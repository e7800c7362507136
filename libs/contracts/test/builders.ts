import { type ActivityReceived, type EventType, type Topic, topics } from '../src/index.ts';

/** Every event of every topic, with its name and declaration. */
export const everyEvent: readonly { readonly topic: Topic; readonly event: string; readonly declared: EventType }[] =
  Object.values<Topic>(topics).flatMap((topic) =>
    Object.entries(topic.events).map(([event, declared]) => ({ topic, event, declared })),
  );

/** An order that Ada completed in the web shop. `over` may contain invalid fields. */
export function anActivity(over: object = {}): ActivityReceived {
  return { ...topics.activities.events.ActivityReceived.example, ...over };
}
