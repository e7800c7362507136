import { amount, id, label } from '../field.ts';
import type { Chapter } from '../term.ts';

const event_id = id('The event.');
const store_id = id('The store.');
const club = { club: label('The club.'), level: label('The membership level.') };

export const brand: Chapter = {
  title: 'Brand and loyalty',
  description: 'Activities other than purchases that connect a customer with the brand.',
  terms: {
    'event.attended': {
      titles: ['Event Attended'],
      description: 'A customer attended an event.',
      must: {},
      may: {
        event_id,
        event: label('The kind of event.'),
        store_id,
        guests: amount('The number of guests of the customer.'),
      },
      example: { event_id: 'e-7', event: 'cooking evening', guests: 1 },
    },
    'check_in.completed': {
      titles: ['Check-In Completed'],
      description: 'A customer checked in at a store, an event or another place.',
      must: {},
      may: { store_id, event_id, place: label('The place.') },
      example: { store_id: 'porto' },
    },
    'club.joined': {
      titles: ['Club Joined'],
      description: 'A customer became a member of a club.',
      must: {},
      may: club,
      example: { club: 'friends', level: 'blue' },
    },
    'club.left': {
      titles: ['Club Left'],
      description: 'A customer left a club.',
      must: {},
      may: club,
      example: { club: 'friends' },
    },
    'friend.referred': {
      titles: ['Friend Referred'],
      description: 'A customer referred another person.',
      must: {},
      may: { referral_id: id('The referral.') },
      example: { referral_id: 'ref-3' },
    },
    'reward.expired': {
      titles: ['Reward Expired'],
      description: 'A reward expired before the customer used it.',
      must: {},
      may: {
        reward_id: id('The reward.'),
        reward: label('The kind of reward.'),
        points: amount('The number of expired points.'),
      },
      example: { points: 300 },
    },
  },
};
