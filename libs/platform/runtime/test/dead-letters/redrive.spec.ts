import { describe, expect, test } from '@jest/globals';
import { type Stream, UnpublishableMessage } from '@sestante/streaming';
import type { DataSource } from 'typeorm';
import { DeadLetters } from '../../src/dead-letters/dead-letters.ts';
import { RedriveDeadLetters } from '../../src/dead-letters/redrive-dead-letters.ts';

const row = {
  id: '7',
  group: 'profile',
  topic: 'engagement.activities.v1',
  partition: 0,
  offset: 3,
  key: Buffer.from('ada'),
  headers: {},
  value: Buffer.from('{}'),
  failedAt: new Date(0),
};

/** One dead letter, and a stream that rejects every publication with this error. */
function aRedrive(reason: Error) {
  const statements: string[] = [];
  const query = async (sql: string) => {
    statements.push(sql.trim().split(' ')[0]!);
    return [row];
  };
  const dataSource = {
    transaction: (work: (manager: object) => Promise<unknown>) => work({ query }),
  } as unknown as DataSource;
  const letters = new DeadLetters(dataSource);
  letters.setGroups(['profile']);
  const stream = { publish: () => Promise.reject(reason) } as unknown as Stream;
  return { statements, redrive: new RedriveDeadLetters(dataSource, letters, stream) };
}

describe('a dead letter that the stream does not accept', () => {
  test.each([
    ['is unavailable', new Error('the broker is unavailable'), { status: 503, code: 'stream-unavailable' }],
    ['finds it too large', new UnpublishableMessage('a', 'b'), { status: 409, code: 'dead-letter-too-large' }],
  ])('because it %s responds with the problem and stays stored', async (_, reason, problem) => {
    const { statements, redrive } = aRedrive(reason);
    await expect(redrive.one('7')).rejects.toMatchObject({ ...problem, cause: reason });
    expect(statements).toEqual(['select']);
  });
});

test('before the handlers are subscribed, the groups are unknown', () => {
  expect(() => new DeadLetters({} as DataSource).groups).toThrow('The handlers are not subscribed yet.');
});
