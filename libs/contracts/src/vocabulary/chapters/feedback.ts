import { id, label, rating, text } from '../field.ts';
import { product, productNamed } from '../products.ts';
import type { Chapter } from '../term.ts';

const comment = text('What was said, in the words of the customer.');
const about = {
  order_id: id('The order that it is about.'),
  store_id: id('The store that it is about.'),
  contact_id: id('The contact with the call centre that it is about.'),
};
const reason = label('What for.');

export const feedback: Chapter = {
  title: 'Feedback',
  says: 'What customers say by themselves, or when they are asked. Ratings are from 1 to 5: bring other scales to it.',
  terms: {
    'product.reviewed': {
      titles: ['Product Reviewed'],
      says: 'A customer reviewed a product.',
      must: {},
      either: productNamed,
      may: {
        ...product,
        rating: rating('How good it is.'),
        review_id: id('The review.'),
        review_body: text('The review.'),
      },
      example: { product_id: 'p-104', rating: 5, review_id: 'rv-1', review_body: 'Dry in any rain.' },
    },
    'rating.given': {
      titles: ['Rating Given'],
      says: 'A customer rated a purchase, a delivery, a visit or a talk.',
      must: { rating: rating('How good it was.') },
      may: { ...about, subject: label('What was rated.'), comment },
      example: { rating: 4, subject: 'delivery', order_id: 'o-1' },
    },
    'survey.answered': {
      titles: ['Survey Answered'],
      says: 'A customer answered a survey.',
      must: {},
      may: { ...about, survey: label('The survey.'), rating: rating('How good it is, all in all.'), comment },
      example: { survey: 'autumn', rating: 4 },
    },
    'complaint.received': {
      titles: ['Complaint Received'],
      says: 'A customer complained.',
      must: {},
      may: { ...about, reason, comment },
      example: { reason: 'parcel is late', order_id: 'o-1' },
    },
    'suggestion.made': {
      titles: ['Suggestion Made'],
      says: 'A customer said what could be better.',
      must: {},
      may: { ...about, subject: label('What could be better.'), comment },
      example: { subject: 'opening hours', store_id: 'centro' },
    },
    'thanks.received': {
      titles: ['Thanks Received'],
      says: 'A customer said thanks.',
      must: {},
      may: { ...about, reason, comment },
      example: { reason: 'help on the phone', contact_id: 'k-1' },
    },
  },
};
