import { describe, jest } from '@jest/globals';
import { atomicContract } from './contract/atomic.contract.ts';
import { closingContract } from './contract/closing.contract.ts';
import { deliveryContract } from './contract/delivery.contract.ts';
import { failuresContract } from './contract/failures.contract.ts';
import { groupsContract } from './contract/groups.contract.ts';
import { positionsContract } from './contract/positions.contract.ts';
import { publishingContract } from './contract/publishing.contract.ts';
import { contractSetup } from './contract/contract-setup.ts';
import { tailContract } from './contract/tail.contract.ts';
import type { Guarantees, Harness } from './harness.ts';

const caseTimeoutMs = 20_000;

/** The contract of the port as tests. Every adapter runs it against a real server. */
export function streamContract(name: string, guarantees: Guarantees, open: () => Promise<Harness>): void {
  describe(name, () => {
    jest.setTimeout(caseTimeoutMs);
    const setup = contractSetup(guarantees, open);
    deliveryContract(setup);
    publishingContract(setup);
    atomicContract(setup);
    groupsContract(setup);
    failuresContract(setup);
    positionsContract(setup);
    tailContract(setup);
    closingContract(setup);
  });
}
