/** Selects dead letters. */
export interface LetterFilter {
  readonly ids?: readonly string[] | undefined;
  readonly group?: string | undefined;
  readonly topic?: string | undefined;
  /** A text that the reason contains. */
  readonly reason?: string | undefined;
}

/** The SQL condition for the dead letters `d` of a filter and of given groups. `$1` to `$5` are the result of `parameters`. */
export const filterCondition = `d.group_name = any($1::text[]) and ($2::bigint[] is null or d.id = any($2)) and ($3::text is null or d.group_name = $3)
  and ($4::text is null or d.topic = $4) and ($5::text is null or strpos(d.reason, $5) > 0)`;

export function parameters(groups: readonly string[], { ids, group, topic, reason }: LetterFilter): unknown[] {
  return [groups, ids ?? null, group ?? null, topic ?? null, reason ?? null];
}
