import { eventually } from '@sestante/streaming/testing';

/** An event of a stream, as a client receives it. */
export interface ServerSentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the service sends
}

/** A client of a stream of server-sent events. */
export interface StreamClient {
  readonly status: number;
  readonly contentType: string | null;
  readonly events: readonly ServerSentEvent[];
  /** The id from which the client would resume. */
  lastEventId(): string | undefined;
  /** Resolves as soon as this many events have arrived. */
  untilCount(count: number): Promise<void>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  disconnect(): void;
}

/** Opens a stream of server-sent events and collects them. */
export async function openStream(url: string, headers: Record<string, string>): Promise<StreamClient> {
  const disconnection = new AbortController();
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: disconnection.signal,
  });
  const events: ServerSentEvent[] = [];
  let lastEventId: string | undefined;
  const addBlock = (block: string) => {
    const fields = new Map(
      block.split('\n').map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()]),
    );
    lastEventId = fields.get('id') ?? lastEventId;
    const data = fields.get('data');
    if (data !== undefined)
      events.push({ id: lastEventId ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) });
  };
  const ended = readBlocks(response, addBlock).catch((error: unknown) => {
    if (!disconnection.signal.aborted) throw error;
  });
  ended.catch(() => undefined);
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    events,
    lastEventId: () => lastEventId,
    untilCount: (count) =>
      eventually(() => {
        if (events.length < count) throw new Error(`${events.length} of ${count} events have arrived`);
      }),
    ended,
    disconnect: () => disconnection.abort(),
  };
}

async function readBlocks(response: Response, addBlock: (block: string) => void): Promise<void> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    blocks.forEach(addBlock);
  }
}
