import { type Fields, id, label, ownId } from '../field.ts';
import type { Chapter, Term } from '../term.ts';

const example = { offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' };

/** A term about an offer, which is identified by its id or its code from Sestante. */
const aboutOffer = (title: string, description: string, may: Fields = {}): Term => ({
  titles: [title],
  description,
  must: {},
  either: ['offer_id', 'code'],
  may: { offer_id: ownId('The offer.'), code: ownId('The code that the customer shows.'), ...may },
  example,
});
const store_id = id('The store.');
const order_id = id('The order.');
const message = {
  message_id: id('The message.'),
  medium: label('The medium: mail, phone, push.'),
  list: label('The mailing list, such as the newsletter.'),
};

export const offers: Chapter = {
  title: 'Offers and messages',
  description: 'Reactions of customers to offers of Sestante and to messages.',
  terms: {
    'offer.seen': aboutOffer('Offer Seen', 'A customer saw an offer.'),
    'offer.accepted': aboutOffer('Offer Accepted', 'A customer accepted an offer.'),
    'offer.dismissed': aboutOffer('Offer Dismissed', 'A customer dismissed an offer.', {
      reason: label('The reason.'),
    }),
    'offer.redeemed': aboutOffer('Offer Redeemed', 'An offer was redeemed.', { store_id, order_id }),
    'offer.refused': aboutOffer('Offer Refused', 'An offer was not honoured, which counts as a broken promise.', {
      store_id,
      reason: label('The reason.'),
    }),
    'message.unsubscribed': {
      titles: [
        'Message Unsubscribed',
        'Email Marked as Spam',
        'Unsubscribed',
        'Unsubscribe',
        'Email Unsubscribed',
        'Newsletter Unsubscribed',
        'Opted Out',
        'Opt Out',
        'Consent Withdrawn',
        'Consent Revoked',
      ],
      description: 'A customer unsubscribed from messages. This withdraws the consent to offers.',
      must: {},
      may: message,
      example: { medium: 'mail', list: 'newsletter' },
    },
    'contact.after_opt_out': {
      titles: ['Contact After Opt Out'],
      description: 'A customer was contacted although they had opted out.',
      must: {},
      may: message,
      example: { medium: 'mail', list: 'newsletter' },
    },
  },
};
