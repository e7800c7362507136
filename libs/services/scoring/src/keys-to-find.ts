import type { CustomerActed } from '@sestante/contracts';
import type { Model } from '@sestante/engagement';
import { isHeld, matterUnder } from './held-matters.ts';
import type { Reading, Readings } from './readings.ts';
import { isEnough } from './remembered-matter.ts';
import type { MatterKey } from './store/matters.ts';
import type { MemberState } from './store/states.ts';

interface Asked {
  readonly members: ReadonlyMap<string, MemberState>;
  readonly acted: readonly CustomerActed[];
  readonly readings: Readings;
  /** The activities that are stored already, by id. */
  readonly versions: ReadonlyMap<string, number | null>;
  /** The customers that are one after some of the moves of the batch, and before others. */
  readonly joined: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The matters of new activities about which too little is in memory, for all stored members of their customers. */
export function keysToFind(model: Model, { members, acted, readings, versions, joined }: Asked): MatterKey[] {
  const telling = acted.filter(
    ({ activityId }) => readings.get(activityId)!.keys.length > 0 && !versions.has(activityId),
  );
  if (telling.length === 0) return [];
  const ofCustomer = Map.groupBy(members.values(), ({ customerId }) => customerId);
  const wanted = new Map<string, string[]>();
  for (const { activityId, memberId, customerId } of telling) {
    const present = members.get(memberId)?.customerId ?? customerId;
    const isUsual = present === customerId && joined.size === 0;
    const customerIds = isUsual ? [customerId] : withJoined(joined, [customerId, present]);
    const group = isUsual ? (ofCustomer.get(customerId) ?? []) : customerIds.flatMap((id) => ofCustomer.get(id) ?? []);
    want(model, wanted, { group, reading: readings.get(activityId)! });
  }
  return [...wanted].flatMap(([memberId, keys]) => keys.map((key) => ({ memberId, key })));
}

function withJoined(joined: Asked['joined'], customerIds: readonly string[]): string[] {
  return [...new Set(customerIds.flatMap((id) => [id, ...(joined.get(id) ?? [])]))];
}

/** If what one member remembers of a matter is not enough, all of them are looked up: what they told is compared. */
function want(
  model: Model,
  wanted: Map<string, string[]>,
  {
    group,
    reading: { keys, evidence },
  }: { readonly group: readonly MemberState[]; readonly reading: Pick<Reading, 'keys' | 'evidence'> },
): void {
  for (const key of keys) {
    const isAllEnough = group.every(({ matters }) => {
      const matter = matterUnder(matters, key);
      return matter === undefined || isHeld(matter) || isEnough(model, matter, evidence);
    });
    for (const { memberId, matters } of group) {
      const matter = matterUnder(matters, key);
      if (matter !== undefined && (isHeld(matter) || isAllEnough)) continue;
      const known = wanted.get(memberId);
      if (known === undefined) wanted.set(memberId, [key]);
      else if (!known.includes(key)) known.push(key);
    }
  }
}
