import { eventually } from '@sestante/streaming/testing';

/** An event of a stream of offers, as a client gets it. */
export interface ServerSentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the service sends
}

/** A client that listens. */
export interface Listening {
  readonly status: number;
  readonly contentType: string | null;
  readonly events: readonly ServerSentEvent[];
  /** The id that the client would resume from. */
  lastEventId(): string | undefined;
  /** Resolves as soon as so many events have come. */
  untilCount(count: number): Promise<void>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  hangUp(): void;
}

/** Opens a stream of events and keeps what comes. */
export async function listenTo(url: string, headers: Record<string, string>): Promise<Listening> {
  const hangingUp = new AbortController();
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: hangingUp.signal });
  const events: ServerSentEvent[] = [];
  let lastEventId: string | undefined;
  const take = (block: string) => {
    const fields = new Map(
      block.split('\n').map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()]),
    );
    lastEventId = fields.get('id') ?? lastEventId;
    const data = fields.get('data');
    if (data !== undefined)
      events.push({ id: lastEventId ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) });
  };
  const ended = readBlocks(response, take).catch((error: unknown) => {
    if (!hangingUp.signal.aborted) throw error;
  });
  ended.catch(() => undefined);
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    events,
    lastEventId: () => lastEventId,
    untilCount: (count) =>
      eventually(() => {
        if (events.length < count) throw new Error(`${events.length} of ${count} events have come`);
      }),
    ended,
    hangUp: () => hangingUp.abort(),
  };
}

async function readBlocks(response: Response, take: (block: string) => void): Promise<void> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    blocks.forEach(take);
  }
}
