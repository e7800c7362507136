import { describe, expect, test } from '@jest/globals';
import { coalescing } from './coalesce.ts';
import type { Message, Stream } from './stream.ts';
import { aMessage, messagesOf } from './testing/messages.ts';

interface Write {
  readonly topic: string;
  readonly values: readonly string[];
  succeed(): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** A stream whose writes the test completes one by one. */
function aSlowStream() {
  const writes: Write[] = [];
  const publish = (topic: string, messages: readonly Message[]) =>
    new Promise<void>((resolve, reject) => {
      // The consequences of the completed write have happened when the returned promise resolves.
      const then = (end: () => void) => {
        end();
        return new Promise<void>((followed) => setImmediate(followed));
      };
      writes.push({
        topic,
        values: messages.map(({ value }) => value),
        succeed: () => then(resolve),
        fail: (error) => then(() => reject(error)),
      });
    });
  return { writes, stream: coalescing({ publish } as unknown as Stream) };
}

/** A publication and its current state. */
function published(stream: Stream, messages: readonly Message[], topic = 'activities') {
  const publication = { state: 'waiting' };
  stream.publish(topic, messages).then(
    () => (publication.state = 'done'),
    (error: Error) => (publication.state = error.message),
  );
  return publication;
}
const states = (publications: readonly { state: string }[]) => publications.map(({ state }) => state);

describe('a publication', () => {
  test('is written at once if no write is running', async () => {
    const { writes, stream } = aSlowStream();
    const publication = published(stream, messagesOf('a', 2));
    expect(writes.map(({ values }) => values)).toEqual([['a0', 'a1']]);
    expect(publication.state).toBe('waiting');
    await writes[0]!.succeed();
    expect(publication.state).toBe('done');
  });

  test('of no messages resolves without a write', async () => {
    const { writes, stream } = aSlowStream();
    await stream.publish('activities', []);
    expect(writes).toEqual([]);
  });
});

describe('publications that arrive during a write', () => {
  test('are written together in order of arrival', async () => {
    const { writes, stream } = aSlowStream();
    const publications = ['a', 'b', 'c'].map((key) => published(stream, messagesOf(key, 2)));
    await writes[0]!.succeed();
    expect(writes.map(({ values }) => values)).toEqual([
      ['a0', 'a1'],
      ['b0', 'b1', 'c0', 'c1'],
    ]);
    expect(states(publications)).toEqual(['done', 'waiting', 'waiting']);
    publications.push(published(stream, messagesOf('d', 1)));
    await writes[1]!.succeed();
    expect(states(publications)).toEqual(['done', 'done', 'done', 'waiting']);
    await writes[2]!.succeed();
    expect(states(publications)).toEqual(['done', 'done', 'done', 'done']);
  });

  test('to other topics do not wait', () => {
    const { writes, stream } = aSlowStream();
    published(stream, messagesOf('a', 1), 'activities');
    published(stream, messagesOf('b', 1), 'scores');
    expect(writes.map(({ topic, values }) => [topic, ...values])).toEqual([
      ['activities', 'a0'],
      ['scores', 'b0'],
    ]);
  });

  test('are written at once again after a pause', async () => {
    const { writes, stream } = aSlowStream();
    published(stream, messagesOf('a', 1));
    await writes[0]!.succeed();
    published(stream, messagesOf('b', 1));
    expect(writes.map(({ values }) => values)).toEqual([['a0'], ['b0']]);
  });
});

describe('an error', () => {
  test('rejects the publications of the failed write and no others', async () => {
    const { writes, stream } = aSlowStream();
    const publications = ['a', 'b', 'c'].map((key) => published(stream, messagesOf(key, 1)));
    await writes[0]!.succeed();
    publications.push(published(stream, messagesOf('d', 1)));
    await writes[1]!.fail(new Error('the disk is full'));
    expect(states(publications)).toEqual(['done', 'the disk is full', 'the disk is full', 'waiting']);
    await writes[2]!.succeed();
    expect(publications[3]!.state).toBe('done');
  });

  test('of a write does not stop the following writes', async () => {
    const { writes, stream } = aSlowStream();
    const publications = ['a', 'b'].map((key) => published(stream, messagesOf(key, 1)));
    await writes[0]!.fail(new Error('the connection broke'));
    await writes[1]!.succeed();
    expect(states(publications)).toEqual(['the connection broke', 'done']);
  });

  test('of an invalid message rejects only its own publication, at once', async () => {
    const { writes, stream } = aSlowStream();
    const first = published(stream, messagesOf('a', 1));
    const bad = published(stream, [aMessage(), aMessage({ key: '' })]);
    const good = published(stream, messagesOf('b', 1));
    await writes[0]!.succeed();
    await writes[1]!.succeed();
    expect(writes.map(({ values }) => values)).toEqual([['a0'], ['b0']]);
    expect(states([first, bad, good])).toEqual([
      'done',
      'A message to activities cannot be published: its key is empty.',
      'done',
    ]);
  });
});

describe('one write has at most 2,000 messages of several publications', () => {
  test.each([
    [[1_000, 999], [1_999]],
    [[1_000, 1_000], [2_000]],
    [
      [1_000, 1_001],
      [1_000, 1_001],
    ],
    [
      [2_000, 1],
      [2_000, 1],
    ],
    [
      [1_999, 1, 1],
      [2_000, 1],
    ],
    [
      [1_500, 1_500, 500],
      [1_500, 2_000],
    ],
    [[2_001], [2_001]],
    [
      [5, 2_001, 5],
      [5, 2_001, 5],
    ],
  ])('of %j waiting: %j', async (waiting, written) => {
    const { writes, stream } = aSlowStream();
    published(stream, messagesOf('first', 1));
    const publications = waiting.map((count, number) => published(stream, messagesOf(`${number}-`, count)));
    for (let write = 0; write < writes.length; write++) await writes[write]!.succeed();
    expect(writes.slice(1).map(({ values }) => values.length)).toEqual(written);
    expect(states(publications)).toEqual(waiting.map(() => 'done'));
  });
});
