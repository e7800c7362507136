import type { ActivityReceived } from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import { anActivity, user, visitor } from '../builders.ts';
import type { Driver } from '../driver.ts';
import type { Eraser } from './eraser.ts';

export const at = (ms: number) => new Date(ms).toISOString();
export const aMinuteAgo = () => Date.now() - 60_000;

/** What somebody did a minute ago. */
export const before = (...identifiers: Identifier[]) => happened(aMinuteAgo(), identifiers);
export const after = (...identifiers: Identifier[]) => happened(Date.now() + 60_000, identifiers);

function happened(ms: number, identifiers: Identifier[]): ActivityReceived {
  const timestamp = at(ms);
  return anActivity({ identifiers, timestamp, receivedAt: timestamp });
}

/** The id of the customer who has the identifier; undefined if there is none. */
export async function idOf(driver: Driver, { value }: Identifier): Promise<string | undefined> {
  const text = 'select customer_id as id from profile.member where value = $1';
  return (await driver.query<{ id: string }>(text, [value]))[0]?.id;
}

let count = 0;
/** A person with an account and a browser, who was erased. */
export async function anErasedPerson(driver: Driver, eraser: Eraser) {
  const name = `person ${++count}`;
  const [account, browser] = [user(name), visitor(`browser of ${name}`)];
  const activity = before(account, browser);
  await driver.deliver(activity);
  await eraser.erase((await idOf(driver, account))!);
  const { erasedAt } = eraser.customers.at(-1)!;
  return { account, browser, activity, erasedAt };
}
