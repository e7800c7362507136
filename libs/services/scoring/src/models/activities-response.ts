import { elements } from '@sestante/engagement';
import { type Static, Type } from 'typebox';
import { Because } from '../scores-response.ts';

const Part = (description: string) => Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description }));

const RuleOfActivity = Type.Object(
  {
    rule: Type.Integer({ minimum: 0, description: 'Its place in `rules` of the document.' }),
    because: Because,
    when: Part(
      'The condition: a rule over `activity.channel` and `activity.properties.<path>`. Absent: it always applies.',
    ),
    oncePer: Part('What is told several times about one matter counts once: what identifies the matter.'),
    again: Part('It counts from the second time on: what identifies the matter.'),
    signals: Type.Array(
      Type.Object(
        { element: Type.Enum([...elements]), weight: Type.Unknown(), valence: Type.Unknown() },
        {
          description:
            'Weight in observations, and valence from 0 (bad) to 1 (good): numbers, or how they are read from properties.',
        },
      ),
    ),
  },
  { $id: 'RuleOfActivity' },
);

/** What a model makes of each activity. */
export const ActivitiesResponse = Type.Object(
  {
    model: Type.String({ description: 'The version of the model.' }),
    items: Type.Array(
      Type.Object({
        activity: Type.String(),
        isInVocabulary: Type.Boolean({ description: 'False for a custom activity.' }),
        isPurchase: Type.Boolean({
          description: 'Whether it counts as a purchase: for silence, and for the usual amount.',
        }),
        elements: Type.Array(Type.Enum([...elements]), {
          description: 'The elements that it can move; empty if the model makes nothing of it.',
        }),
        rules: Type.Array(RuleOfActivity),
      }),
      { description: 'Every activity of the vocabulary, and the custom activities that the model reads.' },
    ),
  },
  { $id: 'ActivitiesOfModel' },
);
export type ActivitiesResponse = Static<typeof ActivitiesResponse>;
