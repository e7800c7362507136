/** The names of topics and groups in the cluster. Every name begins with the prefix, so that permissions can be granted by prefix. */
export interface Names {
  topic(topic: string): string;
  /**
   * The name of the Kafka group for a group and a topic. There is one for each topic, because all members of a group in kafkajs must subscribe to the
   * same topics, and so that a rebalance of one topic does not interrupt the others. Names of topics contain no colon.
   */
  group(group: string, topic: string): string;
  /** The group of a Kafka group that reads the topic; undefined if it is not one of them. */
  groupOf(groupId: string, topic: string): string | undefined;
  /** The name of the Kafka group of one tail. It is not one of the groups of the port. */
  reader(id: string): string;
}

export function namesWith(prefix: string): Names {
  const suffixOf = (topic: string) => `:${prefix}${topic}`;
  return {
    topic: (topic) => prefix + topic,
    group: (group, topic) => prefix + group + suffixOf(topic),
    groupOf: (groupId, topic) =>
      groupId.startsWith(prefix) && groupId.endsWith(suffixOf(topic))
        ? groupId.slice(prefix.length, -suffixOf(topic).length)
        : undefined,
    reader: (id) => `${prefix}tail:${id}`,
  };
}
