const mostKept = 500;

interface Known {
  readonly id: string;
  /** Of a source: the ids of its keys. */
  readonly keys: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Ids that the service gave out, to be asked for later. */
export class KnownIds {
  private readonly known: Readonly<Record<string, Known[]>> = { source: [], row: [], import: [] };
  private readonly spared: ReadonlySet<string>;

  /** Without those that must stay as they are: the fuzzer's own senders. */
  constructor(spared: ReadonlySet<string>) {
    this.spared = spared;
  }

  /** Notes the sources, the imports and the rejected events that the answer holds. */
  note(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return;
    const { id, keys, bytes, reason } = answer as Fields;
    if (typeof id === 'string' && Array.isArray(keys)) this.keep('source', { id, keys: keys.map(idOf) });
    else if (typeof id === 'string' && bytes !== undefined) this.keep('import', { id, keys: [] });
    else if (typeof id === 'string' && reason !== undefined) this.keep('row', { id, keys: [] });
    else for (const inner of Object.values(answer)) this.note(inner);
  }

  /** The path with what stands in brackets replaced by ids: `<source7>`, then `<key0>` for one of its keys, `<row3>` for a rejected event, `<import2>`. */
  fillIn(path: string): string {
    let source: Known | undefined;
    return path.replaceAll(/<(source|key|row|import)(\d+)>/g, (_, kind: string, nth: string) => {
      if (kind === 'key') return source?.keys.at(Number(nth) % source.keys.length) ?? 'none';
      const found = pick(this.known[kind]!, Number(nth));
      if (kind === 'source') source = found;
      return found?.id ?? 'none';
    });
  }

  private keep(kind: string, known: Known): void {
    const list = this.known[kind]!;
    if (this.spared.has(known.id) || list.length >= mostKept) return;
    list.push(known);
  }
}

const idOf = (key: unknown) => String((key as Fields)['id']);
const pick = (list: readonly Known[], nth: number) => list.at(-1 - (nth % list.length));
