import { type Fields, id, label, ownId } from '../field.ts';
import type { Chapter, Term } from '../term.ts';

const example = { offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' };

/** A term about an offer, which it names by the id or the code that Sestante gave it. */
const aboutOffer = (title: string, says: string, may: Fields = {}): Term => ({
  titles: [title],
  says,
  must: {},
  either: ['offer_id', 'code'],
  may: { offer_id: ownId('The offer.'), code: ownId('Its code, as the customer shows it.'), ...may },
  example,
});
const store_id = id('The store.');
const order_id = id('The order.');
const message = {
  message_id: id('The message.'),
  medium: label('How it was sent: mail, phone, push.'),
  list: label('The list that it belongs to: the newsletter.'),
};

export const offers: Chapter = {
  title: 'Offers and messages',
  says: 'What customers do with the offers that Sestante made them, and with messages.',
  terms: {
    'offer.seen': aboutOffer('Offer Seen', 'A customer saw an offer.'),
    'offer.accepted': aboutOffer('Offer Accepted', 'A customer wants an offer.'),
    'offer.dismissed': aboutOffer('Offer Dismissed', 'A customer does not want an offer.', { reason: label('Why.') }),
    'offer.redeemed': aboutOffer('Offer Redeemed', 'An offer was redeemed.', { store_id, order_id }),
    'offer.refused': aboutOffer('Offer Refused', 'An offer was not honoured: a promise is broken.', {
      store_id,
      reason: label('Why.'),
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
      says: 'A customer wants no more messages. It takes back the consent to offers.',
      must: {},
      may: message,
      example: { medium: 'mail', list: 'newsletter' },
    },
    'contact.after_opt_out': {
      titles: ['Contact After Opt Out'],
      says: 'A customer was written to or called in spite of a no.',
      must: {},
      may: message,
      example: { medium: 'mail', list: 'newsletter' },
    },
  },
};
