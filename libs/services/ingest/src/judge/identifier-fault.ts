import type { Identifier } from '@sestante/identity';
import { isMereClaim, type Named, unclearIdOf } from './identifiers.ts';
import { hintAtId } from './misplaced-id.ts';
import type { Fault } from './time/activity-time.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** Why nobody can be found by what an event names somebody by; undefined where somebody can. */
export function identifierFault(
  event: TrackingEvent,
  named: readonly Named[],
  identifiers: readonly Identifier[],
): Fault | undefined {
  const unclear = unclearIdOf(event.messageId, named);
  if (unclear) return { code: 'identifier-unclear', reason: unclear };
  if (identifiers.length === 0) return { code: 'identifier-missing', reason: nobody + hintAtId(event) };
  if (identifiers.every(isMereClaim))
    return {
      code: 'identifier-weak',
      reason: `this key cannot vouch for ${identifiers[0]!.kind}: name an anonymousId, too`,
    };
  return undefined;
}

const nobody =
  'nobody is named: userId, anonymousId, or another identifier of at most 256 characters that is not a word for nothing';
