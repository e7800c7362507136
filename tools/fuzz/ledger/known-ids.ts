const maxIds = 500;

interface KnownId {
  readonly id: string;
  /** For a source: the ids of its keys. */
  readonly keys: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Ids from responses of the service, for use in later requests. */
export class KnownIds {
  private readonly known: Readonly<Record<string, KnownId[]>> = { source: [], row: [], import: [] };
  private readonly excluded: ReadonlySet<string>;

  /** `excluded` are the ids that requests must not change: those of the fuzzer's own senders. */
  constructor(excluded: ReadonlySet<string>) {
    this.excluded = excluded;
  }

  /** Stores the ids of sources, imports and rejected events in the response. */
  note(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return;
    const { id, keys, bytes, reason } = answer as Fields;
    if (typeof id === 'string' && Array.isArray(keys)) this.keep('source', { id, keys: keys.map(idOf) });
    else if (typeof id === 'string' && bytes !== undefined) this.keep('import', { id, keys: [] });
    else if (typeof id === 'string' && reason !== undefined) this.keep('row', { id, keys: [] });
    else for (const inner of Object.values(answer)) this.note(inner);
  }

  /** Replaces the placeholders of a path by ids: `<source7>`, then `<key0>` for one of its keys, `<row3>` for a rejected event, `<import2>`. */
  fillIn(path: string): string {
    let source: KnownId | undefined;
    return path.replaceAll(/<(source|key|row|import)(\d+)>/g, (_, kind: string, nth: string) => {
      if (kind === 'key') return source?.keys.at(Number(nth) % source.keys.length) ?? 'none';
      const found = pick(this.known[kind]!, Number(nth));
      if (kind === 'source') source = found;
      return found?.id ?? 'none';
    });
  }

  private keep(kind: string, known: KnownId): void {
    const list = this.known[kind]!;
    if (this.excluded.has(known.id) || list.length >= maxIds) return;
    list.push(known);
  }
}

const idOf = (key: unknown) => String((key as Fields)['id']);
const pick = (list: readonly KnownId[], nth: number) => list.at(-1 - (nth % list.length));
