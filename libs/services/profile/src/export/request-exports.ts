import { Injectable } from '@nestjs/common';
import { type Envelope, seal, topics } from '@sestante/contracts';
import { type Identifier, identifierKey, identifierKinds } from '@sestante/identity';
import { type Config, InjectConfig, InjectStream } from '@sestante/runtime';
import { type Stream, unitOfWork } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { Exports, type Requester } from './exports.ts';

/** In bytes. A request must fit into a message. */
const maxPersonsBytes = 500_000;

interface Request {
  readonly exportId: string;
  readonly customerId: string;
  readonly requestedAt: Date;
}

/** Asks all services for what they store about a customer. */
@Injectable()
export class RequestExports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly exports: Exports,
    @InjectStream() private readonly stream: Stream,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** Opens an export of a customer by its present id. Resolves to its id, or to that of the one that is running. */
  async request(customerId: string, requester: Requester): Promise<string> {
    const persons = await this.personsOf(customerId);
    const { stream, config } = this;
    let exportId = '';
    let isTold = false;
    await unitOfWork(stream, this.dataSource, async (client) => {
      const options = { customerId, requester, days: config.SESTANTE_EXPORT_DAYS };
      ({ exportId, isTold } = await this.exports.open(client, options));
      if (isTold) return [{ topic: topics.exports.name, messages: [] }];
      if (stream.atomic) await this.exports.markTold(client, exportId);
      const request = { exportId, customerId, requestedAt: new Date() };
      return [{ topic: topics.exports.name, messages: [toMessage(request, persons)] }];
    });
    if (!isTold && !stream.atomic) await this.exports.markTold(this.dataSource, exportId);
    return exportId;
  }

  /** Asks for exports for which nobody was asked, because a process crashed. */
  async repeatUntold(): Promise<void> {
    for (const request of await this.exports.findUntold()) {
      const persons = await this.personsOf(request.customerId);
      await this.stream.publish(topics.exports.name, [toMessage(request, persons)]);
      await this.exports.markTold(this.dataSource, request.exportId);
    }
  }

  /** The keys of the identifiers of a customer, strongest first; of very many, the first. */
  private async personsOf(customerId: string): Promise<string[]> {
    const identifiers = await this.dataSource.query<Pick<Identifier, 'kind' | 'value'>[]>(
      `select kind, value from profile.member where customer_id = $1 order by array_position($2::text[], kind), first_seen_at`,
      [customerId, [...identifierKinds]],
    );
    let bytes = 0;
    return identifiers.map(identifierKey).filter((key) => (bytes += Buffer.byteLength(key) + 3) <= maxPersonsBytes);
  }
}

function toMessage({ exportId, customerId, requestedAt }: Request, persons: string[]): Envelope {
  const data = { exportId, customerId, persons, requestedAt: requestedAt.toISOString() };
  return seal(topics.exports, { event: 'ExportRequested', id: exportId, key: customerId, data });
}
