import { elements } from '../element.ts';
import { type Template, templateKinds } from '../template.ts';
import { audienceIn } from './audience-document.ts';
import { InvalidTemplate } from './invalid-template.ts';
import { booleanIn, countIn, numberIn, textIn, textsIn, wordIn } from './leaf.ts';
import { fault, fieldsOf, isGiven, type Place } from './place.ts';
import { activityIn, nameIn, reasonIn, wordsIn } from './text-document.ts';

const fieldNames = [
  'template',
  'version',
  'kind',
  'element',
  'trigger',
  'audience',
  'channels',
  'commercial',
  'title',
  'reason',
  'words',
  'terms',
  'validDays',
  'benefit',
  'margin',
  'caps',
] as const satisfies readonly (keyof Template)[];
const money = { least: -1_000_000, most: 1_000_000 };

/**
 * Reads a template as it is written and stored: JSON.
 *
 * @returns a copy; nothing of it is shared with the document
 * @throws InvalidTemplate with every fault: fields that are missing, out of bounds or not known, an economic template that
 *   is not commercial, a reason that does not show its cause
 */
export function validateTemplate(document: unknown): Template {
  const place: Place = { path: '', value: document, faults: [] };
  const template = templateIn(place);
  if (place.faults.length > 0) throw new InvalidTemplate(place.faults);
  return template;
}

function templateIn(place: Place): Template {
  const fields = fieldsOf(place, fieldNames);
  const activities = activitiesIn(fields.trigger);
  return {
    template: nameIn(fields.template),
    version: countIn(fields.version, 1_000_000),
    kind: wordIn(fields.kind, templateKinds),
    element: wordIn(fields.element, elements),
    trigger: { activities },
    ...(isGiven(fields.audience) && { audience: audienceIn(fields.audience) }),
    ...(isGiven(fields.channels) && { channels: textsIn(fields.channels, (item) => textIn(item, 50)) }),
    commercial: commercialIn(fields.commercial, fields.kind),
    title: textIn(fields.title, 120),
    reason: reasonIn(fields.reason),
    ...(isGiven(fields.words) && { words: wordsIn(fields.words, activities) }),
    terms: textIn(fields.terms, 1_000),
    validDays: countIn(fields.validDays, 366),
    benefit: numberIn(fields.benefit, money),
    margin: numberIn(fields.margin, money),
    caps: capsIn(fields.caps),
  };
}

function activitiesIn(trigger: Place): string[] {
  return textsIn(fieldsOf(trigger, ['activities']).activities, activityIn);
}

/** A discount that says it does not sell would slip past consent, difficulty and open apologies. */
function commercialIn(commercial: Place, kind: Place): boolean {
  if (kind.value === 'economic' && commercial.value === false) fault(commercial, 'must be true: it is economic');
  return booleanIn(commercial);
}

function capsIn(place: Place): Template['caps'] {
  const { perCustomer, perDays } = fieldsOf(place, ['perCustomer', 'perDays']);
  return { perCustomer: countIn(perCustomer, 1_000), perDays: countIn(perDays, 3_650) };
}
