import { Injectable } from '@nestjs/common';

/** The present id of a customer, by its id or a former one; undefined if the service does not know the id. */
export type FindPresentId = (customerId: string) => Promise<string | undefined>;

/** Tells which ids are former ids: of customers that were merged into another one. Each service of the process knows the merges that it has followed so far. */
@Injectable()
export class FormerIds {
  private readonly services: FindPresentId[] = [];

  /** Adds what a service knows. */
  findBy(find: FindPresentId): void {
    this.services.push(find);
  }

  /** Whether a service of the process knows that the id is a former one. */
  async isFormer(customerId: string): Promise<boolean> {
    const presentIds = await Promise.all(this.services.map((find) => find(customerId)));
    return presentIds.some((presentId) => presentId !== undefined && presentId !== customerId);
  }
}
