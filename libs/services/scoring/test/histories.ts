import { fold } from '@sestante/engagement';
import { readHistory } from '../src/store/read-history.ts';
import { readMembers } from '../src/store/read-members.ts';
import { sumOf } from '../src/sum-of.ts';
import { idOf } from './builders.ts';
import type { Driver } from './driver.ts';

/** What is stored about a customer, by name. */
export function historiesOf(driver: Driver) {
  const { dataSource, live } = driver;
  const historyOf = (name: string, until = 8.64e15) =>
    readHistory(dataSource, { model: live.model, modelId: live.modelId, customerId: idOf(name), until });
  return {
    historyOf,
    /** The sum of the states of the members. */
    async storedState(name: string) {
      const members = await readMembers(dataSource, live.modelId, idOf(name));
      return sumOf(
        live.model,
        members.map(({ state }) => state),
      );
    },
    /** The fold of the kept evidence over the base. */
    async foldedState(name: string) {
      const { evidence, base, closed } = await historyOf(name);
      return fold(live.model, evidence, base, closed);
    },
    /** Of the kept activities that move something. */
    evidenceOf: async (name: string) => (await historyOf(name)).evidence.filter(({ signals }) => signals.length > 0),
  };
}
