import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger, nestLogger } from '../src/logger.ts';

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
});
const logger = (level = 'info') =>
  createLogger(level, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });

describe('the log', () => {
  test('has a JSON line for each message of its level and above', () => {
    const log = logger();
    log.debug('not this');
    log.info({ dependency: 'database' }, 'this');
    log.error('and this');
    expect(lines).toEqual([
      { level: 30, time: expect.any(Number), dependency: 'database', msg: 'this' },
      { level: 50, time: expect.any(Number), msg: 'and this' },
    ]);
  });

  test('contains no keys and passwords', () => {
    const secret = 'hush';
    logger().info({ source: { writeKey: secret }, user: { password: secret, apiKey: secret } }, 'a line');
    logger().info({ req: { headers: { authorization: secret, 'x-write-key': secret } } }, 'a line');
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('contains the name and stack of an error, but not its data', () => {
    const data = {
      query: 'insert …',
      parameters: ['ada@example.org'],
      detail: 'Key (email)=(ada@example.org) already exists.',
    };
    const cause = Object.assign(new Error('the connection broke'), data);
    const error = Object.assign(new Error('duplicate key', { cause }), {
      code: '23505',
      driverError: { ...data },
      ...data,
    });
    logger().error({ err: error }, 'a request failed');
    expect(lines[0]).toMatchObject({
      err: {
        type: 'Error',
        code: '23505',
        message: 'duplicate key',
        stack: expect.stringContaining('logger.spec'),
        cause: { message: 'the connection broke' },
      },
    });
    expect(JSON.stringify(lines)).not.toContain('ada');
  });

  test.each([['a text about ada'], [{ name: 'ada' }], [null], [undefined]])(
    'contains only the type of a thrown %j',
    (thrown) => {
      logger().error({ err: thrown }, 'a request failed');
      expect(JSON.stringify(lines)).not.toContain('ada');
    },
  );
});

describe("Nest's own lines", () => {
  test('are in the same log, those of the start only with the level debug', () => {
    const nest = nestLogger(logger());
    nest.log('Mapped {/v1/batch, POST} route', 'RouterExplorer');
    nest.warn('something is odd', 'Injector');
    nest.error(new Error('something broke'), 'stack', 'Injector');
    expect(lines).toMatchObject([
      { level: 40, context: 'Injector', msg: 'something is odd' },
      { level: 50, context: 'Injector', msg: 'something broke' },
    ]);
  });
});
