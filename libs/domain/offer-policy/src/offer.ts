import type { Offer } from './decision.ts';
import { day } from './durations.ts';
import type { Situation } from './situation.ts';
import type { Template } from './template.ts';

/** Creates the offer of a template to one customer. */
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
    placeholder === 'element' ? element : activityText(activity, words),
  );
}

/** The text of the template for the activity. Without one, the words of its name: `reward_points.expired` becomes "reward points expired". */
function activityText(activity: string, words: Template['words'] = {}): string {
  const own = Object.hasOwn(words, activity) ? words[activity] : undefined;
  return own ?? activity.replaceAll(/[._-]+/g, ' ');
}
