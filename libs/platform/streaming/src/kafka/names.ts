/** How the topics and groups of the port are called in the cluster. Every name begins with the prefix, so that rights can be granted by it. */
export interface Names {
  topic(topic: string): string;
  /**
   * The group that reads one topic for one of our groups. One each, because the members of a group of kafkajs must all subscribe to the same
   * topics, and so that who comes and goes on one topic does not interrupt the others. No topic's name has a colon.
   */
  group(group: string, topic: string): string;
  /** Our group of a group in the cluster, where that one reads the topic for it. */
  groupOf(groupId: string, topic: string): string | undefined;
  /** The group of one reader that is not counted among the groups. */
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
