import { byElement, type ModelDocument } from '@sestante/engagement';

/** A small model, as an example of a body: a promise and an order, and nothing else. */
export const exampleModel: ModelDocument = {
  version: 'shop-1',
  halfLifeDays: { bond: 180, mood: 7 },
  elements: byElement(() => ({ base: 0.6, strength: 5, weight: 1 })),
  channelSpread: {
    weight: 2,
    because: {
      en: 'The channels should be equally good.',
      de: 'Alle Kanäle sollen gleich gut sein.',
      it: 'Tutti i canali devono essere ugualmente buoni.',
    },
  },
  rules: [
    {
      activity: 'promise.broken',
      signals: [{ element: 'trust', weight: 3, valence: 0 }],
      because: {
        en: 'A promise was broken.',
        de: 'Ein Versprechen wurde gebrochen.',
        it: 'Una promessa non è stata mantenuta.',
      },
    },
    {
      activity: 'order.completed',
      oncePer: { property: 'order_id' },
      signals: [
        {
          element: 'value',
          weight: 1,
          valence: { property: 'discount', dividedBy: ['revenue', 'discount'], zeroAt: -0.3, oneAt: 0.3 },
        },
      ],
      because: {
        en: 'What was saved of the price.',
        de: 'Was vom Preis gespart wurde.',
        it: 'Quanto è stato risparmiato sul prezzo.',
      },
    },
  ],
};
