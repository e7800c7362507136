import { amount, id, label } from '../field.ts';
import type { Chapter } from '../term.ts';

const event_id = id('The event.');
const store_id = id('The store.');
const club = { club: label('The club.'), level: label('The level in it.') };

export const brand: Chapter = {
  title: 'Brand and loyalty',
  says: 'What ties a customer to the brand beside buying.',
  terms: {
    'event.attended': {
      titles: ['Event Attended'],
      says: 'A customer came to an event.',
      must: {},
      may: { event_id, event: label('What it was.'), store_id, guests: amount('How many came with the customer.') },
      example: { event_id: 'e-7', event: 'cooking evening', guests: 1 },
    },
    'check_in.completed': {
      titles: ['Check-In Completed'],
      says: 'A customer checked in at a store, an event or another place.',
      must: {},
      may: { store_id, event_id, place: label('Where.') },
      example: { store_id: 'porto' },
    },
    'club.joined': {
      titles: ['Club Joined'],
      says: 'A customer became a member of a club.',
      must: {},
      may: club,
      example: { club: 'friends', level: 'blue' },
    },
    'club.left': {
      titles: ['Club Left'],
      says: 'A customer left a club.',
      must: {},
      may: club,
      example: { club: 'friends' },
    },
    'friend.referred': {
      titles: ['Friend Referred'],
      says: 'A customer brought somebody else.',
      must: {},
      may: { referral_id: id('The referral.') },
      example: { referral_id: 'ref-3' },
    },
    'reward.expired': {
      titles: ['Reward Expired'],
      says: 'A reward expired before the customer used it.',
      must: {},
      may: { reward_id: id('The reward.'), reward: label('What it was.'), points: amount('How many points are lost.') },
      example: { points: 300 },
    },
  },
};
