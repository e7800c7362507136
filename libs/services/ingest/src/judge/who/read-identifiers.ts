import type { Violation } from '@sestante/contracts';
import { type Identifier, identifierKinds } from '@sestante/identity';
import {
  separateUnclear,
  identifiersOf,
  isWeakIdentifier,
  type RawIdentifier,
  type Vouching,
  whyMessageIdUnclear,
} from './identifiers.ts';
import { misplacedIdHint } from './misplaced-id.ts';
import type { Fault } from '../fault.ts';
import type { TrackingEvent } from '../tracking-event.ts';

/** The identifiers of the person who acted, and the violations in them. */
export interface ReadIdentifiers {
  readonly identifiers: readonly Identifier[];
  readonly violations: readonly Violation[];
}

/**
 * The identifiers of the person who acted, or why they are unusable. An ambiguous identifier is left out if a stronger one identifies the same
 * person.
 */
export function readIdentifiers(
  event: TrackingEvent,
  named: readonly RawIdentifier[],
  vouching: Vouching,
): ReadIdentifiers | Fault {
  const ofMessage = whyMessageIdUnclear(event.messageId);
  if (ofMessage) return { code: 'identifier-unclear', reason: ofMessage };
  const { clear, unclear } = separateUnclear(named);
  const identifiers = identifiersOf(clear, vouching);
  const [strongest] = identifiers;
  const stronger = unclear.find(({ kind }) => !strongest || rank(kind) <= rank(strongest.kind));
  if (stronger) return { code: 'identifier-unclear', reason: stronger.why };
  if (!strongest) return { code: 'identifier-missing', reason: missing + misplacedIdHint(event) };
  if (identifiers.every(isWeakIdentifier))
    return { code: 'identifier-weak', reason: `this key has no claim to ${strongest.kind}: send an anonymousId, too` };
  const violations = unclear.map(({ kind, why }) => ({ code: 'identifier-unclear', field: kind, reason: why }));
  return { identifiers, violations };
}

const rank = (kind: RawIdentifier['kind']) => identifierKinds.indexOf(kind);

const missing =
  'no identifier: send userId, anonymousId or another identifier of at most 256 characters that is not a placeholder such as "null"';
