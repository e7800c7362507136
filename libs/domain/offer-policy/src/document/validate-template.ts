import {
  addFault,
  between,
  booleanIn,
  choiceIn,
  countIn,
  documentNode,
  fieldsOf,
  isGiven,
  type JsonNode,
  numberIn,
  ruleIn,
  textIn,
  textsIn,
} from '@sestante/rules';
import { audienceFields } from '../audience-fields.ts';
import { elements } from '../element.ts';
import { media, type Template, type TemplateDocument, templateKinds } from '../template.ts';
import { InvalidTemplate } from './invalid-template.ts';
import { activityIn, nameIn, reasonIn, wordsIn } from './text-document.ts';

const fieldNames = [
  'template',
  'version',
  'kind',
  'element',
  'trigger',
  'audience',
  'channels',
  'medium',
  'commercial',
  'title',
  'reason',
  'words',
  'terms',
  'validDays',
  'benefit',
  'margin',
  'caps',
] as const satisfies readonly (keyof TemplateDocument)[];
const money = between(-1_000_000, 1_000_000);
/** The most channels, and the most activities of a trigger. */
const mostTexts = 50;

/**
 * Reads a `TemplateDocument`.
 *
 * @returns a copy with the rule of the audience, which shares no object with the document
 * @throws InvalidTemplate with every fault: fields that are missing, out of bounds or unknown, an economic template that
 *   is not commercial, a reason without `{activity}`
 */
export function validateTemplate(document: unknown): Template {
  const node = documentNode(document);
  const template = templateIn(node);
  if (node.faults.length > 0) throw new InvalidTemplate(node.faults);
  return template;
}

function templateIn(node: JsonNode): Template {
  const fields = fieldsOf(node, fieldNames);
  const activities = activitiesIn(fields.trigger);
  return {
    template: nameIn(fields.template),
    version: countIn(fields.version, 1_000_000),
    kind: choiceIn(fields.kind, templateKinds),
    element: choiceIn(fields.element, elements),
    trigger: { activities },
    ...(isGiven(fields.audience) && { audience: ruleIn(fields.audience, audienceFields) }),
    ...(isGiven(fields.channels) && { channels: textsIn(fields.channels, mostTexts, (item) => textIn(item, 50)) }),
    ...(isGiven(fields.medium) && { medium: choiceIn(fields.medium, media) }),
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

function activitiesIn(trigger: JsonNode): string[] {
  return textsIn(fieldsOf(trigger, ['activities']).activities, mostTexts, activityIn);
}

/** A discount that is not commercial would bypass the gates of consent, difficulty and open apologies. */
function commercialIn(commercial: JsonNode, kind: JsonNode): boolean {
  if (kind.value === 'economic' && commercial.value === false)
    addFault(commercial, 'must be true for an economic template');
  return booleanIn(commercial);
}

function capsIn(node: JsonNode): Template['caps'] {
  const { perCustomer, perDays } = fieldsOf(node, ['perCustomer', 'perDays']);
  return { perCustomer: countIn(perCustomer, 1_000), perDays: countIn(perDays, 3_650) };
}
