import { elements } from '../element.ts';
import { type Audience, type Condition, scales } from '../template.ts';
import { numberIn, choiceIn } from './leaf.ts';
import { addFaultOrMissing, fieldsOf, isGiven, itemsOf, addFault, type JsonNode } from './json-node.ts';

/** Reads an audience: `all`, `any` or both. */
export function audienceIn(node: JsonNode): Audience {
  const { all, any } = fieldsOf(node, ['all', 'any']);
  if (!isGiven(all) && !isGiven(any)) addFault(all, 'is missing: give all, any or both');
  return {
    ...(isGiven(all) && { all: itemsOf(all).map(conditionIn) }),
    ...(isGiven(any) && { any: itemsOf(any).map(conditionIn) }),
  };
}

function conditionIn(node: JsonNode): Condition {
  const fields = fieldsOf(node, ['element', 'scale', 'above', 'below']);
  const scale = choiceIn(fields.scale, scales);
  const range = { least: scale === 'drop' ? -100 : 0, most: 100 };
  const condition: Condition = {
    element: choiceIn(fields.element, elements),
    scale,
    ...(isGiven(fields.above) && { above: numberIn(fields.above, range) }),
    ...(isGiven(fields.below) && { below: numberIn(fields.below, range) }),
  };
  const { above, below } = condition;
  if (!isGiven(fields.above) && !isGiven(fields.below)) addFault(fields.above, 'is missing: give above, below or both');
  if (above !== undefined && below !== undefined && above >= below)
    addFaultOrMissing(fields.above, 'must be less than below');
  return condition;
}
