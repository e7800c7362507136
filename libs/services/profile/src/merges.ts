import { Injectable } from '@nestjs/common';
import { type Identifier, mostConnected, type Separation } from '@sestante/identity';
import { Race, transaction } from '@sestante/postgres';
import {
  actorOf,
  addAuditEntries,
  type AuditedAction,
  InjectStream,
  type KeyCaller,
  notFound,
  Problem,
} from '@sestante/runtime';
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
import { findLifted } from './store/lifted.ts';
import { lockIdentities } from './store/identity-lock.ts';
import { lockMembers, saveRegrouping } from './store/save-regrouping.ts';
import { lockStandings } from './store/standing-locks.ts';
import { tellingMoves } from './tell-moves.ts';

/** Who merges or unmerges, and why. */
export interface Decision {
  readonly reason: string;
  readonly by: KeyCaller;
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

/** Merges customers by hand, and undoes merges. Each decision, and each look at what would follow, is noted in the audit log in its transaction. */
@Injectable()
export class Merges {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  /**
   * Merges two customers, whatever the rules say. Throws 409 if both ids are of one customer.
   *
   * @param customerIds two present ids of customers
   * @param isDry only says what would follow
   */
  merge(customerIds: readonly [string, string], decision: Decision, isDry: boolean): Promise<Outcome> {
    const mergeId = uuidv7();
    return this.decide(isDry, { action: 'customers.merged', by: decision.by }, async (client) => {
      const component = await readComponent(client, customerIds);
      const [a, b] = customerIds.map((customerId) => component.members.get(customerId)?.customerId);
      if (a === undefined || b === undefined || a === b)
        throw new Problem(409, 'same-customer', 'Both ids are of the same customer.');
      const members = [a, b].sort() as [string, string];
      const lift = separationsBetween(component, a, b);
      const note = { ...noteOf(decision), lifted: lift };
      const link = { linkId: mergeId, members, rule: 'merged-by-hand' as const, at: Date.now(), note };
      return { mergeId, about: members, regrouping: regroup(component, { links: [link], lift }) };
    });
  }

  /**
   * Undoes a merge by hand, or a link that the rules made. From then on the two members stay apart until somebody merges them by hand. What a merge had
   * brought together although somebody had separated it, is separated again. Throws 404, and 409 if somebody has undone it before.
   */
  unmerge(customerId: string, mergeId: string, decision: Decision, isDry: boolean): Promise<Outcome> {
    return this.decide(isDry, { action: 'customers.unmerged', by: decision.by }, async (client) => {
      const component = await readComponent(client, [customerId]);
      const link = component.links.get(mergeId);
      if (!link) throw notFound('merge');
      if (link.isUndone) throw new Problem(409, 'already-unmerged', 'The merge was undone before.');
      const isHere = link.members.every((memberId) => component.members.get(memberId)!.customerId === customerId);
      if (link.refusal !== null || !isHere) throw notFound('merge');
      const undone = new Map([[mergeId, { ...noteOf(decision), at: new Date().toISOString() }]]);
      const separate = [link.members, ...(await findLifted(client, mergeId))];
      return { mergeId, about: link.members, regrouping: regroup(component, { undone, separate }) };
    });
  }

  /** Decides that an identifier identifies nobody. Resolves to its member. */
  async block(identifier: Identifier, by: KeyCaller): Promise<string> {
    const { memberId } = await this.change(async (client) => {
      const memberId = await memberOf(client, identifier);
      const blocked = new Map([[memberId, true]]);
      const component = await readComponent(client, [memberId]);
      await addAuditEntries(client, {
        action: 'identifier.blocked',
        customerIds: [component.members.get(memberId)!.customerId],
        actor: actorOf(by),
      });
      return { memberId, regrouping: regroup(component, { blocked }) };
    });
    return memberId;
  }

  /** Resolves to whether the member was blocked. */
  async unblock(memberId: string, by: KeyCaller): Promise<boolean> {
    const { wasBlocked } = await this.change(async (client) => {
      const component = await readComponent(client, [memberId]);
      const member = component.members.get(memberId);
      if (!member?.isBlocked) return { wasBlocked: false, regrouping: nothingChanged };
      const customerIds = [member.customerId];
      await addAuditEntries(client, { action: 'identifier.unblocked', customerIds, actor: actorOf(by) });
      return { wasBlocked: true, regrouping: regroup(component, { blocked: new Map([[memberId, false]]) }) };
    });
    return wasBlocked;
  }

  /**
   * Decides that a shared identifier is one person's, with however many others it comes. Resolves to the customer of its member; undefined if it is not shared.
   * Throws 409 if more members are connected with it than can be one person.
   */
  async unlimit(memberId: string, by: KeyCaller): Promise<string | undefined> {
    const unlimited = new Set([memberId]);
    const { customerId } = await this.change(async (client) => {
      const component = await readComponent(client, unlimited, unlimited);
      if (component.members.size > mostConnected)
        throw new Problem(
          409,
          'too-many-connected',
          `More than ${mostConnected} identifiers are connected with this one: it cannot be one person's.`,
        );
      if (!component.members.get(memberId)?.isShared) return { customerId: undefined, regrouping: nothingChanged };
      const regrouping = regroup(component, { unlimited });
      const customerId = regrouping.customerOf.get(memberId)!;
      await addAuditEntries(client, { action: 'identifier.unlimited', customerIds: [customerId], actor: actorOf(by) });
      return { customerId, regrouping };
    });
    return customerId;
  }

  /** Notes the decision for both customers. Who only looks at it reads how their identifiers are linked. */
  private async decide(
    isDry: boolean,
    { action, by }: { readonly action: AuditedAction; readonly by: KeyCaller },
    prepare: (client: PoolClient) => Promise<Decided>,
  ): Promise<Outcome> {
    const prepareNoted = async (client: PoolClient) => {
      const decided = await prepare(client);
      await addAuditEntries(client, {
        action: isDry ? 'identity.read' : action,
        customerIds: customersAbout(decided),
        actor: actorOf(by),
      });
      return decided;
    };
    return toOutcome(isDry ? await transaction(this.dataSource, prepareNoted) : await this.change(prepareNoted));
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

/** The ids that the customers have before and after the decision. */
function customersAbout({ about, regrouping }: Decided): string[] {
  const { component, customerOf } = regrouping;
  return about.flatMap((memberId) => [component.members.get(memberId)!.customerId, customerOf.get(memberId)!]);
}

/** What is stored of a decision. */
const noteOf = ({ reason, by: { keyId, name } }: Decision) => ({ reason, by: { keyId, name } });

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
