import type { Offer } from './decision.ts';
import { day } from './durations.ts';
import type { Situation } from './situation.ts';
import type { Template } from './template.ts';

/** The offer that a template becomes for one customer. */
export function offerOf(template: Template, { cause, now }: Situation): Offer {
  return {
    template: template.template,
    version: template.version,
    kind: template.kind,
    element: template.element,
    title: template.title,
    reason: reasonFor(template, cause.name),
    terms: template.terms,
    madeAt: now,
    endsAt: now + template.validDays * day,
  };
}

function reasonFor({ reason, words, element }: Template, activity: string): string {
  return reason.replaceAll(/\{(activity|element)\}/g, (_, placeholder) =>
    placeholder === 'element' ? element : inWords(activity, words),
  );
}

/** The template's own words for the activity, else its name spelt out: `reward_points.expired` is "reward points expired". */
function inWords(activity: string, words: Template['words'] = {}): string {
  const own = Object.hasOwn(words, activity) ? words[activity] : undefined;
  return own ?? activity.replaceAll(/[._-]+/g, ' ');
}
