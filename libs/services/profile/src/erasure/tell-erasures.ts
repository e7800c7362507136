import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type CustomerErased, type Envelope, type ErasureRequested, seal, topics } from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import { reasonOf } from '@sestante/postgres';
import { Dependencies, InjectLogger, InjectStream, type Logger } from '@sestante/runtime';
import { type Publication, type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';

/** An erasure, as it is told to the other services. */
export interface Erasure {
  readonly erasureId: string;
  readonly customerId: string;
  readonly members: readonly (Identifier & { readonly memberId: string })[];
  readonly erasedAt: Date;
}

/** What an erasure publishes. */
interface Untold {
  readonly customer: CustomerErased;
  readonly requests: readonly ErasureRequested[];
}

/** The most identifiers of one message, so that it is smaller than the stream accepts. */
const mostIdentifiers = 1_000;

/**
 * Runs `work` in one transaction, stores the erasure that it resolves to, and publishes it. A stream that publishes after the commit may lose it, and nobody
 * asks for an erasure a second time. So it is stored with what has to be published until that is done.
 */
export async function tellErasure(
  stream: Stream,
  dataSource: DataSource,
  work: (client: PoolClient) => Promise<Erasure | undefined>,
): Promise<void> {
  const isAtomic = stream.atomic !== undefined;
  let erasureId: string | undefined;
  await unitOfWork(stream, dataSource, async (client) => {
    const erasure = await work(client);
    if (!erasure) return [];
    ({ erasureId } = erasure);
    const untold = toUntold(erasure);
    await client.query('insert into profile.erasure (erasure_id, erased_at, parts, untold) values ($1, $2, $3, $4)', [
      erasureId,
      erasure.erasedAt,
      untold.requests.length,
      isAtomic ? null : JSON.stringify(untold),
    ]);
    return publicationsOf(untold);
  });
  if (!isAtomic && erasureId !== undefined) await markTold(dataSource, erasureId);
}

const retryEveryMs = 10_000;

/** Publishes erasures that are not published yet, because a process crashed or the stream was unavailable: as soon as everything is available. */
@Injectable()
export class TellErasures implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    dependencies: Dependencies,
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
    @InjectLogger() private readonly logger: Logger,
  ) {
    if (!stream.atomic) dependencies.whenReady(() => this.start());
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async start(): Promise<void> {
    await this.tell();
    this.timer = setInterval(() => void this.tell().catch(() => undefined), retryEveryMs).unref();
  }

  private async tell(): Promise<void> {
    const rows = await this.dataSource.query<{ erasure_id: string; untold: Untold }[]>(
      'select erasure_id, untold from profile.erasure where untold is not null',
    );
    for (const { erasure_id: erasureId, untold } of rows) {
      try {
        for (const { topic, messages } of publicationsOf(untold)) await this.stream.publish(topic, messages);
        await markTold(this.dataSource, erasureId);
      } catch (error) {
        this.logger.warn({ erasureId }, `an erasure is not published yet: ${reasonOf(error)}`);
      }
    }
  }
}

async function markTold(dataSource: DataSource, erasureId: string): Promise<void> {
  await dataSource.query('update profile.erasure set untold = null where erasure_id = $1', [erasureId]);
}

function toUntold({ erasureId, customerId, members, erasedAt }: Erasure): Untold {
  const at = erasedAt.toISOString();
  const parts = Math.ceil(members.length / mostIdentifiers);
  return {
    customer: { erasureId, customerId, members: members.map(({ memberId }) => memberId), erasedAt: at },
    requests: Array.from({ length: parts }, (_, part) => {
      const own = members.slice(part * mostIdentifiers, (part + 1) * mostIdentifiers);
      return {
        ...{ erasureId, part, parts, erasedAt: at },
        identifiers: own.map(({ kind, value }) => ({ kind, value })),
        members: own.map(({ memberId }) => memberId),
      };
    }),
  };
}

function publicationsOf({ customer, requests }: Untold): Publication[] {
  const { erasureId, customerId } = customer;
  const erased = seal(topics.customers, { event: 'CustomerErased', id: erasureId, key: customerId, data: customer });
  const requested = requests.map((data): Envelope =>
    seal(topics.erasures, { event: 'ErasureRequested', id: `${erasureId}:${data.part}`, key: erasureId, data }),
  );
  return [
    { topic: topics.customers.name, messages: [erased] },
    { topic: topics.erasures.name, messages: requested },
  ];
}
