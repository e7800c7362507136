import type { Listener } from './listener.ts';

/** The open streams, by the customer whose offers they get. */
export class Listeners {
  private readonly customers = new Map<Listener, string>();
  private readonly byCustomer = new Map<string, Set<Listener>>();

  get all(): readonly Listener[] {
    return [...this.customers.keys()];
  }

  of(customerId: string): readonly Listener[] {
    return [...(this.byCustomer.get(customerId) ?? [])];
  }

  add(listener: Listener, customerId: string): void {
    this.customers.set(listener, customerId);
    this.byCustomer.set(customerId, (this.byCustomer.get(customerId) ?? new Set()).add(listener));
  }

  /** The listener gets the offers of another customer from now on. Returns whether it is another one. A listener that was removed stays away. */
  move(listener: Listener, customerId: string): boolean {
    const previous = this.customers.get(listener);
    if (previous === undefined || previous === customerId) return false;
    this.remove(listener);
    this.add(listener, customerId);
    return true;
  }

  remove(listener: Listener): void {
    const customerId = this.customers.get(listener);
    if (customerId === undefined) return;
    this.customers.delete(listener);
    const others = this.byCustomer.get(customerId);
    others?.delete(listener);
    if (others?.size === 0) this.byCustomer.delete(customerId);
  }
}
