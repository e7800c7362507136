const mostKept = 500;

interface Known {
  readonly id: string;
  /** Of a source: the ids of its keys. */
  readonly keys: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Ids that the service gave out, to be asked for later. */
export class KnownIds {
  private readonly sources: Known[] = [];
  private readonly rows: Known[] = [];
  private readonly spared: ReadonlySet<string>;

  /** Without those that must stay as they are: the fuzzer's own senders. */
  constructor(spared: ReadonlySet<string>) {
    this.spared = spared;
  }

  /** Notes the sources and the rejected events that the answer holds. */
  note(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return;
    const { id, keys, reason } = answer as Fields;
    if (typeof id === 'string' && Array.isArray(keys)) this.keep(this.sources, { id, keys: keys.map(idOf) });
    else if (typeof id === 'string' && reason !== undefined) this.keep(this.rows, { id, keys: [] });
    else for (const inner of Object.values(answer)) this.note(inner);
  }

  /** The path with what stands in brackets replaced by ids: `<source7>`, then `<key0>` for one of its keys, `<row3>` for a rejected event. */
  fillIn(path: string): string {
    let source: Known | undefined;
    return path.replaceAll(/<(source|key|row)(\d+)>/g, (_, kind: string, nth: string) => {
      if (kind === 'key') return source?.keys.at(Number(nth) % source.keys.length) ?? 'none';
      const found = pick(kind === 'row' ? this.rows : this.sources, Number(nth));
      if (kind === 'source') source = found;
      return found?.id ?? 'none';
    });
  }

  private keep(list: Known[], known: Known): void {
    if (this.spared.has(known.id) || list.length >= mostKept) return;
    list.push(known);
  }
}

const idOf = (key: unknown) => String((key as Fields)['id']);
const pick = (list: readonly Known[], nth: number) => list.at(-1 - (nth % list.length));
