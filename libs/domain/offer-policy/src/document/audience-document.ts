import { elements } from '../element.ts';
import { type Audience, type Condition, scales } from '../template.ts';
import { numberIn, wordIn } from './leaf.ts';
import { fault, fieldsOf, isGiven, itemsOf, note, type Place } from './place.ts';

/** The audience here: `all`, `any` or both. */
export function audienceIn(place: Place): Audience {
  const { all, any } = fieldsOf(place, ['all', 'any']);
  if (!isGiven(all) && !isGiven(any)) note(all, 'is missing, and so is any');
  return {
    ...(isGiven(all) && { all: itemsOf(all).map(conditionIn) }),
    ...(isGiven(any) && { any: itemsOf(any).map(conditionIn) }),
  };
}

function conditionIn(place: Place): Condition {
  const fields = fieldsOf(place, ['element', 'scale', 'above', 'below']);
  const scale = wordIn(fields.scale, scales);
  const range = { least: scale === 'drop' ? -100 : 0, most: 100 };
  const condition: Condition = {
    element: wordIn(fields.element, elements),
    scale,
    ...(isGiven(fields.above) && { above: numberIn(fields.above, range) }),
    ...(isGiven(fields.below) && { below: numberIn(fields.below, range) }),
  };
  const { above, below } = condition;
  if (!isGiven(fields.above) && !isGiven(fields.below)) note(fields.above, 'is missing, and so is below');
  if (above !== undefined && below !== undefined && above >= below) fault(fields.above, 'must be less than below');
  return condition;
}
