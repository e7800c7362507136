import { Injectable } from '@nestjs/common';
import { type Identifier, mostConnected, type Separation } from '@sestante/identity';
import { Race, transaction } from '@sestante/postgres';
import { InjectStream } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  type Component,
  movedCustomers,
  nothingChanged,
  type Regrouping,
  regroup,
  type StoredMember,
} from './regroup.ts';
import { memberOf } from './store/blocked.ts';
import { readComponent } from './store/components.ts';
import { lockIdentities } from './store/identity-lock.ts';
import { lockMembers, saveRegrouping } from './store/save-regrouping.ts';
import { lockStandings } from './store/standing-locks.ts';
import { tellingMoves } from './tell-moves.ts';

/** Who merges or unmerges, and why. */
export interface Decision {
  readonly reason: string;
  readonly by: { readonly keyId: string; readonly name: string };
}

/** A customer after a decision. */
export interface CustomerAfter {
  readonly customerId: string;
  readonly members: readonly StoredMember[];
}

/** What a decision leads to. */
export interface Outcome {
  readonly mergeId: string;
  /** The customers that the decision is about, as they are after it. */
  readonly customers: readonly CustomerAfter[];
}

/** Merges customers by hand, and undoes merges. */
@Injectable()
export class Merges {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  /**
   * Merges two customers, whatever the rules say. Throws `SameCustomer`.
   *
   * @param customerIds two present ids of customers
   * @param isDry only says what would follow
   */
  merge(customerIds: readonly [string, string], decision: Decision, isDry: boolean): Promise<Outcome> {
    const mergeId = uuidv7();
    return this.decide(isDry, async (client) => {
      const component = await readComponent(client, customerIds);
      const [a, b] = customerIds.map((customerId) => component.members.get(customerId)?.customerId);
      if (a === undefined || b === undefined || a === b) throw new SameCustomer();
      const members = [a, b].sort() as [string, string];
      const link = { linkId: mergeId, members, rule: 'merged-by-hand' as const, at: Date.now(), note: decision };
      const lift = separationsBetween(component, a, b);
      return { mergeId, about: members, regrouping: regroup(component, { links: [link], lift }) };
    });
  }

  /**
   * Undoes a merge by hand, or a link that the rules made. From then on the two members stay apart until somebody merges them by hand. Throws `NoSuchMerge`,
   * `AlreadyUnmerged`.
   */
  unmerge(customerId: string, mergeId: string, decision: Decision, isDry: boolean): Promise<Outcome> {
    return this.decide(isDry, async (client) => {
      const component = await readComponent(client, [customerId]);
      const link = component.links.get(mergeId);
      if (!link) throw new NoSuchMerge();
      if (link.isUndone) throw new AlreadyUnmerged();
      const isHere = link.members.every((memberId) => component.members.get(memberId)!.customerId === customerId);
      if (link.refusal !== null || !isHere) throw new NoSuchMerge();
      const undone = new Map([[mergeId, { ...decision, at: new Date().toISOString() }]]);
      const regrouping = regroup(component, { undone, separate: [link.members] });
      return { mergeId, about: link.members, regrouping };
    });
  }

  /** Decides that an identifier identifies nobody. Resolves to its member. */
  async block(identifier: Identifier): Promise<string> {
    const { memberId } = await this.change(async (client) => {
      const memberId = await memberOf(client, identifier);
      const blocked = new Map([[memberId, true]]);
      return { memberId, regrouping: regroup(await readComponent(client, [memberId]), { blocked }) };
    });
    return memberId;
  }

  /** Resolves to whether the member was blocked. */
  async unblock(memberId: string): Promise<boolean> {
    const { wasBlocked } = await this.change(async (client) => {
      const component = await readComponent(client, [memberId]);
      const wasBlocked = component.members.get(memberId)?.isBlocked ?? false;
      const blocked = new Map([[memberId, false]]);
      return { wasBlocked, regrouping: wasBlocked ? regroup(component, { blocked }) : nothingChanged };
    });
    return wasBlocked;
  }

  /**
   * Decides that a shared identifier is one person's, with however many others it comes. Resolves to the customer of its member; undefined if it is not shared.
   * Throws `TooManyConnected`.
   */
  async unlimit(memberId: string): Promise<string | undefined> {
    const unlimited = new Set([memberId]);
    const { customerId } = await this.change(async (client) => {
      const component = await readComponent(client, unlimited, unlimited);
      if (component.members.size > mostConnected) throw new TooManyConnected();
      if (!component.members.get(memberId)?.isShared) return { customerId: undefined, regrouping: nothingChanged };
      const regrouping = regroup(component, { unlimited });
      return { customerId: regrouping.customerOf.get(memberId), regrouping };
    });
    return customerId;
  }

  private async decide(isDry: boolean, prepare: (client: PoolClient) => Promise<Decided>): Promise<Outcome> {
    return toOutcome(isDry ? await transaction(this.dataSource, prepare) : await this.change(prepare));
  }

  /** Stores a change in one transaction, and publishes who has moved. */
  private async change<T extends { readonly regrouping: Regrouping }>(
    prepare: (client: PoolClient) => Promise<T>,
  ): Promise<T> {
    const changeOnce = async (mode: 'shared' | 'alone') => {
      let prepared: T;
      await tellingMoves(this.stream, this.dataSource, async (client) => {
        await lockIdentities(client, mode);
        prepared = await prepare(client);
        await store(client, prepared.regrouping);
        return { hasMoved: prepared.regrouping.moves.length > 0 };
      });
      return prepared!;
    };
    try {
      return await changeOnce('shared');
    } catch (error) {
      if (!(error instanceof Race)) throw error;
      return await changeOnce('alone');
    }
  }
}

interface Decided {
  readonly mergeId: string;
  /** The two members that are merged or separated. */
  readonly about: readonly string[];
  readonly regrouping: Regrouping;
}

async function store(client: PoolClient, regrouping: Regrouping): Promise<void> {
  await lockMembers(client, regrouping);
  await lockStandings(client, { read: [], changed: movedCustomers(regrouping) });
  await saveRegrouping(client, regrouping);
}

function toOutcome(decided: Decided): Outcome {
  const { customerOf, component } = decided.regrouping;
  const customerIds = new Set(decided.about.map((memberId) => customerOf.get(memberId)!));
  const all = [...component.members.values()];
  return {
    mergeId: decided.mergeId,
    customers: [...customerIds].map((customerId) => ({
      customerId,
      members: all.filter(({ memberId }) => customerOf.get(memberId) === customerId),
    })),
  };
}

/** The separations that keep two customers apart. */
function separationsBetween({ members, separations }: Component, a: string, b: string): Separation[] {
  return separations.filter((pair) => {
    const customers = new Set(pair.map((memberId) => members.get(memberId)?.customerId));
    return customers.has(a) && customers.has(b);
  });
}

/** More members are connected with the identifier than can be one person. Not retriable. */
export class TooManyConnected extends Error {
  readonly code = 'too-many-connected';
  readonly retriable = false;
  constructor() {
    super(`More than ${mostConnected} identifiers are connected with this one: it cannot be one person's.`);
    this.name = 'TooManyConnected';
  }
}

/** Both ids are of one customer. Not retriable. */
export class SameCustomer extends Error {
  readonly code = 'same-customer';
  readonly retriable = false;
  constructor() {
    super('Both ids are of the same customer.');
    this.name = 'SameCustomer';
  }
}

/** The customer has no such link. Not retriable. */
export class NoSuchMerge extends Error {
  readonly code = 'no-such-merge';
  readonly retriable = false;
  constructor() {
    super('The customer has no such merge.');
    this.name = 'NoSuchMerge';
  }
}

/** Somebody has undone the merge before. Not retriable. */
export class AlreadyUnmerged extends Error {
  readonly code = 'already-unmerged';
  readonly retriable = false;
  constructor() {
    super('The merge was undone before.');
    this.name = 'AlreadyUnmerged';
  }
}
