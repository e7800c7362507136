import type { Violation } from '@sestante/contracts';
import { type Identifier, identifierKinds } from '@sestante/identity';
import type { Source } from '../../types/source.ts';
import { clearNamesOf, identifiersOf, isMereClaim, type Named, whyMessageIdUnclear } from './identifiers.ts';
import { hintAtId } from './misplaced-id.ts';
import type { Fault } from '../fault.ts';
import type { TrackingEvent } from '../tracking-event.ts';

/** Who acted, and what is wrong with how they are named. */
export interface ReadIdentifiers {
  readonly identifiers: readonly Identifier[];
  readonly violations: readonly Violation[];
}

/**
 * Who acted, by what an event names somebody by; or why nobody can be found by it. An id that cannot be told from others is left out where a stronger
 * one names the same person.
 */
export function readIdentifiers(
  event: TrackingEvent,
  named: readonly Named[],
  { claims }: Pick<Source, 'claims'>,
): ReadIdentifiers | Fault {
  const ofMessage = whyMessageIdUnclear(event.messageId);
  if (ofMessage) return { code: 'identifier-unclear', reason: ofMessage };
  const { clear, unclear } = clearNamesOf(named);
  const identifiers = identifiersOf(clear, claims);
  const [strongest] = identifiers;
  const stronger = unclear.find(({ kind }) => !strongest || rank(kind) <= rank(strongest.kind));
  if (stronger) return { code: 'identifier-unclear', reason: stronger.why };
  if (!strongest) return { code: 'identifier-missing', reason: nobody + hintAtId(event) };
  if (identifiers.every(isMereClaim))
    return { code: 'identifier-weak', reason: `this key cannot vouch for ${strongest.kind}: name an anonymousId, too` };
  const violations = unclear.map(({ kind, why }) => ({ code: 'identifier-unclear', field: kind, reason: why }));
  return { identifiers, violations };
}

const rank = (kind: Named['kind']) => identifierKinds.indexOf(kind);

const nobody =
  'nobody is named: userId, anonymousId, or another identifier of at most 256 characters that is not a word for nobody';
