import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AclOperationTypes, AclResourceTypes, Admin } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stream } from '../stream.ts';
import { eventually } from '../testing/eventually.ts';
import { messagesOf } from '../testing/messages.ts';
import { collect } from '../testing/probe.ts';
import { granted, type TokenEndpoint, tokenEndpoint, unsignedToken } from '../testing/token-endpoint.ts';
import { withSecuredKafka } from '../testing/with-kafka.ts';
import type { KafkaStreamOptions } from './kafka-stream.ts';
import { sockets } from './sockets.ts';
import { isInstalled } from './wire/install.ts';

// Not static: Jest loads all static imports before any module runs, and `install.ts` comes before kafkajs.
const { default: kafkajs } = await import('kafkajs');
const { newClient, quickRetry } = await import('./client.ts');
const { kafkaStream } = await import('./kafka-stream.ts');
const { TopicsNotReady } = await import('./topics/check.ts');

test('these tests run with our functions in kafkajs', () => expect(isInstalled).toBe(true));

type Options = Partial<KafkaStreamOptions>;
const topic = 'orders.v1';
const closed = 'Kafka does not respond: Closed connection (possibly because the broker requires TLS or SASL)';

await withSecuredKafka('a secured Kafka', ({ brokers, secured }) => {
  const { users, files } = secured;
  const ca = readFileSync(files.ca);
  const certificate = { cert: readFileSync(files.clientCert), key: readFileSync(files.clientKey) };
  const overSasl = (credentials?: Options['credentials']): Options => ({
    brokers: [secured.sasl],
    ssl: { ca },
    ...(credentials && { credentials }),
  });
  const overMutual = (ssl: object): Options => ({ brokers: [secured.mutual], ssl });
  const lines: string[] = [];
  const streams: Stream[] = [];
  let endpoint: TokenEndpoint;
  let cluster: Admin;

  beforeAll(async () => {
    endpoint = await tokenEndpoint(({ authorization, body }) => {
      const secret = Buffer.from(authorization!.slice('Basic '.length), 'base64').toString().split(':')[1];
      if (secret !== 'right') return { status: 401, body: { error: 'invalid_client' } };
      if (body.includes('scope=short')) return granted(unsignedToken('sestante', 12), 12);
      return body.includes('scope=kafka') ? granted(unsignedToken('sestante', 60), 60) : granted('no.token.', 60);
    });
    const log = (line: string) => lines.push(line);
    const options = { brokers, clientId: 'secured-spec', requestTimeoutMs: 5_000, sockets: sockets(), log };
    cluster = newClient(options, quickRetry).admin();
    await cluster.connect();
  });

  afterAll(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    await endpoint.close();
    await cluster.disconnect();
  });

  const open = (options: Options): Stream => {
    const settings = {
      brokers,
      clientId: 'secured-spec',
      closeTimeoutMs: 500,
      log: (line: string) => lines.push(line),
    };
    const stream = kafkaStream({ ...settings, ...options });
    streams.push(stream);
    return stream;
  };
  const client = (over: object) => ({
    mechanism: 'oauthbearer' as const,
    tokenEndpoint: endpoint.url,
    clientId: 'shop',
    clientSecret: 'right',
    scope: 'kafka',
    ...over,
  });

  test.each<[string, () => Options]>([
    ['PLAIN', () => overSasl({ mechanism: 'plain', ...users.admin })],
    ['SCRAM-SHA-256', () => overSasl({ mechanism: 'scram-sha-256', ...users.admin })],
    ['SCRAM-SHA-512', () => overSasl({ mechanism: 'scram-sha-512', ...users.admin })],
    ['OAUTHBEARER', () => overSasl(client({}))],
    ['a certificate', () => overMutual({ ca, ...certificate })],
  ])('takes and gives messages over TLS with %s, under names with a prefix', async (_, options) => {
    const prefix = `acme.${randomUUID()}.`;
    const stream = open({ ...options(), prefix, replicationFactor: 1 });
    await stream.prepare([{ name: topic, partitions: 2 }]);
    await stream.check();
    const probe = collect();
    const seen: string[] = [];
    await stream.tail(topic, (batch) => seen.push(...batch.map((delivery) => delivery.topic)));
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await stream.publish(topic, messagesOf('a', 3));
    await probe.untilCount(3);
    expect(new Set(probe.deliveries.map((delivery) => delivery.topic))).toEqual(new Set([topic]));
    await eventually(() => expect(seen).toEqual([topic, topic, topic]));
    await eventually(async () => {
      const positions = await stream.positions(topic);
      expect(positions.map((position) => [position.topic, position.group])).toEqual([
        [topic, 'readers'],
        [topic, 'readers'],
      ]);
      expect(positions.reduce((sum, { committed }) => sum + committed, 0)).toBe(3);
    });
    expect(await namesInCluster(prefix)).toEqual([
      `${prefix}${topic}`,
      `${prefix}readers:${prefix}${topic}`,
      expect.stringMatching(`^${prefix}tail:`),
    ]);
    await open({ ...options(), prefix, topics: 'check' }).prepare([{ name: topic, partitions: 2 }]);
  });

  describe('reports why it denies access', () => {
    test.each<[string, () => Options, string | RegExp]>([
      [
        'a wrong password over PLAIN',
        () => overSasl({ mechanism: 'plain', username: 'sestante', password: 'hush' }),
        'Kafka denies access: SASL PLAIN authentication failed for user sestante: Authentication failed: Invalid username or password',
      ],
      [
        'a wrong password over SCRAM',
        () => overSasl({ mechanism: 'scram-sha-512', username: 'sestante', password: 'hush' }),
        'Kafka denies access: SASL SCRAM-SHA-512 authentication failed for user sestante: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
      ],
      [
        'an unknown user',
        () => overSasl({ mechanism: 'scram-sha-256', username: 'nobody', password: 'hush' }),
        'Kafka denies access: SASL SCRAM-SHA-256 authentication failed for user nobody: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-256',
      ],
      [
        'a client that the token endpoint refuses',
        () => overSasl(client({ clientSecret: 'hush' })),
        /^Kafka does not respond: http:.*\/token issued no token for the client shop: 401 invalid_client$/,
      ],
      [
        'a token that is none',
        () => overSasl(client({ scope: undefined })),
        'Kafka denies access: SASL OAUTHBEARER authentication failed for client shop: {"status":"invalid_token"}',
      ],
      ['no credentials', () => overSasl(), closed],
      [
        'a broker whose CA is unknown',
        () => ({ ...overSasl(), ssl: { ca: readFileSync(files.otherCa) } }),
        'Kafka does not respond: Connection error: the certificate of the broker is not signed by a trusted CA (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
      ],
      [
        'no client certificate',
        () => overMutual({ ca }),
        /^Kafka does not respond: Connection error: the broker refuses the certificate of this client, or requires one \(ERR_SSL_/,
      ],
      ['no TLS', () => ({ brokers: [secured.sasl] }), closed],
      [
        'TLS where there is none',
        () => ({ brokers, ssl: { ca } }),
        /^Kafka does not respond: Connection error: the listener of the broker does not use TLS, or has closed the connection \(E/,
      ],
    ])('%s', async (_, options, reason) => {
      const stream = open({ requestTimeoutMs: 1_000, ...options() });
      const error = (await stream.check().catch((thrown: unknown) => thrown)) as Error;
      if (typeof reason === 'string') expect(error.message).toBe(reason);
      else expect(error.message).toMatch(reason);
      await expect(stream.publish(topic, messagesOf('a', 1))).rejects.toMatchObject({ retriable: true });
      await stream.close();
      expect(lines.join()).not.toContain('hush');
    });
  });

  describe('whose user has permissions for one prefix', () => {
    const prefix = `tenant.${randomUUID()}.`;
    const asTenant = (over: Options = {}) =>
      open({ ...overSasl({ mechanism: 'scram-sha-512', ...users.tenant }), prefix, ...over });
    const right = (resourceType: AclResourceTypes, operation: AclOperationTypes) => ({
      resourceType,
      resourceName: prefix,
      resourcePatternType: kafkajs.ResourcePatternTypes.PREFIXED,
      principal: `User:${users.tenant.username}`,
      host: '*',
      operation,
      permissionType: kafkajs.AclPermissionTypes.ALLOW,
    });
    const topics = [{ name: topic, partitions: 1 }];
    const { CREATE, DESCRIBE_CONFIGS, READ, WRITE } = kafkajs.AclOperationTypes;

    test('does not start without permissions, and reports the denied operation', async () => {
      await expect(asTenant().prepare(topics)).rejects.toThrow(
        'preparing topics in Kafka failed: Not authorized to access topics: [Topic authorization failed]',
      );
      await expect(asTenant({ topics: 'check' }).prepare(topics)).rejects.toThrow(
        `${prefix}${topic} does not exist, or this user is not allowed to describe it: create it with 1 partition,`,
      );
    });

    test('works with the documented permissions, and reports a missing one', async () => {
      await cluster.createAcls({
        acl: [CREATE, WRITE].map((operation) => right(kafkajs.AclResourceTypes.TOPIC, operation)),
      });
      const stream = asTenant();
      await stream.prepare(topics);
      const checking = asTenant({ topics: 'check' });
      await expect(checking.prepare(topics)).rejects.toThrow('preparing topics in Kafka failed: ');
      await cluster.createAcls({ acl: [right(kafkajs.AclResourceTypes.TOPIC, DESCRIBE_CONFIGS)] });
      await checking.prepare(topics);
      const probe = collect();
      await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
      await eventually(() =>
        expect(stream.check()).rejects.toThrow(
          `Kafka denies access: readers on ${topic}: Not authorized to access group: Group authorization failed`,
        ),
      );
      await cluster.createAcls({
        acl: [right(kafkajs.AclResourceTypes.TOPIC, READ), right(kafkajs.AclResourceTypes.GROUP, READ)],
      });
      await stream.publish(topic, messagesOf('a', 1));
      await probe.untilCount(1);
      await stream.check();
      expect(await stream.positions(topic)).toMatchObject([{ group: 'readers', end: 1 }]);
    });

    test('cannot publish to other topics, which is reported and loses no message', async () => {
      const stream = asTenant({ prefix: 'elsewhere.' });
      await expect(stream.publish(topic, messagesOf('a', 1))).rejects.toMatchObject({ retriable: true });
      await expect(stream.check()).rejects.toThrow(`Kafka denies access: publishing to ${topic}: Not authorized`);
    });
  });

  describe('whose topics are only checked', () => {
    test('reports missing topics and too small message limits, and creates nothing', async () => {
      const prefix = `check.${randomUUID()}.`;
      await cluster.createTopics({
        topics: [
          {
            topic: `${prefix}small`,
            numPartitions: 1,
            configEntries: [{ name: 'max.message.bytes', value: '2097151' }],
          },
        ],
      });
      const stream = open({ prefix, topics: 'check' });
      const prepared = stream.prepare([
        { name: 'small', partitions: 4 },
        { name: topic, partitions: 12 },
      ]);
      const settings = 'max.message.bytes=2097152, message.timestamp.type=LogAppendTime';
      await expect(prepared).rejects.toThrow(
        new TopicsNotReady([
          `${prefix}small has max.message.bytes=2097151: set it to 2097152 or more`,
          `${prefix}${topic} does not exist, or this user is not allowed to describe it: create it with 12 partitions, ${settings}`,
        ]),
      );
      expect(await namesInCluster(prefix)).toEqual([`${prefix}small`]);
    });
  });

  test('continues without interruption when a token expires', async () => {
    const lines: string[] = [];
    const prefix = `short.${randomUUID()}.`;
    const stream = open({ ...overSasl(client({ scope: 'short' })), prefix, log: (line) => lines.push(line) });
    await stream.prepare([{ name: topic, partitions: 1 }]);
    const probe = collect();
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await stream.publish(topic, messagesOf('a', 1));
    await probe.untilCount(1);
    lines.length = 0;
    const tokens = () => endpoint.requests.filter(({ body }) => body.includes('scope=short')).length;
    let sent = 1;
    // The third token is requested after the session of the first has ended.
    for (; tokens() < 3; sent++) {
      await stream.publish(topic, messagesOf('a', 1, sent));
      await pause(50);
    }
    await probe.untilCount(sent);
    expect(lines).toEqual([]);
  });

  async function namesInCluster(prefix: string): Promise<string[]> {
    const [topics, { groups }] = await Promise.all([cluster.listTopics(), cluster.listGroups()]);
    const names = [...topics.sort(), ...groups.map(({ groupId }) => groupId).sort()];
    return names.filter((name) => name.includes(prefix));
  }
});
