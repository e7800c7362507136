import { id, label, number, rating, text } from '../field.ts';
import { product, productIds } from '../products.ts';
import type { Chapter } from '../term.ts';

const comment = text('The comment, in the words of the customer.');
const about = {
  order_id: id('The order that the feedback is about.'),
  store_id: id('The store that the feedback is about.'),
  contact_id: id('The contact with the call centre that the feedback is about.'),
};
const scale = {
  scale_min: number('The worst rating of the scale, if it is not 1.'),
  scale_max: number('The best rating of the scale, if it is not 5.'),
};
const reason = label('The reason.');

export const feedback: Chapter = {
  title: 'Feedback',
  description:
    'Feedback of customers, requested or not. Ratings are from 1 to 5, or on the scale from `scale_min` to `scale_max`, such as 0 to 10.',
  terms: {
    'product.reviewed': {
      titles: ['Product Reviewed'],
      description: 'A customer reviewed a product.',
      must: {},
      either: productIds,
      may: {
        ...product,
        rating: rating('The rating.'),
        ...scale,
        review_id: id('The review.'),
        review_body: text('The text of the review.'),
      },
      example: { product_id: 'p-104', rating: 5, review_id: 'rv-1', review_body: 'Dry in any rain.' },
    },
    'rating.given': {
      titles: ['Rating Given'],
      description: 'A customer rated a purchase, a delivery, a visit or a conversation.',
      must: { rating: rating('The rating.') },
      may: { ...about, ...scale, subject: label('What was rated.'), comment },
      example: { rating: 4, subject: 'delivery', order_id: 'o-1' },
    },
    'survey.answered': {
      titles: ['Survey Answered'],
      description: 'A customer answered a survey.',
      must: {},
      may: { ...about, survey: label('The survey.'), rating: rating('The overall rating.'), ...scale, comment },
      example: { survey: 'autumn', rating: 4 },
    },
    'complaint.received': {
      titles: ['Complaint Received'],
      description: 'A customer complained.',
      must: {},
      may: { ...about, reason, comment },
      example: { reason: 'parcel is late', order_id: 'o-1' },
    },
    'suggestion.made': {
      titles: ['Suggestion Made'],
      description: 'A customer suggested an improvement.',
      must: {},
      may: { ...about, subject: label('The subject of the suggestion.'), comment },
      example: { subject: 'opening hours', store_id: 'centro' },
    },
    'thanks.received': {
      titles: ['Thanks Received'],
      description: 'A customer thanked the retailer.',
      must: {},
      may: { ...about, reason, comment },
      example: { reason: 'help on the phone', contact_id: 'k-1' },
    },
  },
};
