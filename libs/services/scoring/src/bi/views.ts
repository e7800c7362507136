import type { ScoreRows } from '../read-model/score-expressions.ts';
import { customerColumns } from './customer-columns.ts';
import { customersView } from './customers-view.ts';

/** A view of the schema `bi`, with what its columns mean. */
export interface View {
  readonly name: string;
  readonly comment: string;
  readonly select: string;
  readonly columns: Readonly<Record<string, string>>;
}

const audiences: View = {
  name: 'audiences',
  comment: 'The audiences: named rules over customers.',
  select:
    'select audience_id, name, description, rule::jsonb as rule, revision, changed_at, created_at from scoring.audience',
  columns: {
    audience_id: 'id of the audience, as in the routes',
    name: 'name; no two audiences have the same',
    description: 'what it is for',
    rule: 'the rule, as the API takes it',
    revision: 'number of the version, from 1',
    changed_at: 'when this version was made',
    created_at: 'when the audience was added',
  },
};

const audienceMembers: View = {
  name: 'audience_members',
  comment: 'The members of the audiences now.',
  select: `select m.audience_id, m.customer_id, m.changed_at
    from scoring.audience_member m join scoring.audience using (audience_id) where m.transitions % 2 = 1`,
  columns: {
    audience_id: 'id of the audience',
    customer_id: 'id of the customer',
    entered_at: 'since when the rule of the audience holds for the customer',
  },
};

const activities: View = {
  name: 'activities',
  comment: 'The kept activities of customers, without their properties.',
  select: `select a.activity_id, m.customer_id, a.name, a.channel, a.happened_at, a.received_at
    from scoring.activity a
    join scoring.member m on m.member_id = a.member_id
     and m.model_id = (select model_id from scoring.model where status = 'live')`,
  columns: {
    activity_id: 'id of the activity',
    customer_id: 'id of the customer that it belongs to now',
    name: 'what happened, such as order.completed',
    channel: 'where it happened: web, mobile, store, service, other',
    happened_at: 'when it happened',
    received_at: 'when it was received',
  },
};

/** The views of `bi`, those over scores under the model of the rows. */
export function views(rows: ScoreRows): readonly View[] {
  return [
    {
      name: 'customers',
      comment: `The scores of all customers now, under the live model ${rows.model.version}.`,
      select: customersView(rows),
      columns: Object.fromEntries(customerColumns.map(({ name, comment }) => [name, comment])),
    },
    activities,
    audiences,
    audienceMembers,
  ];
}
