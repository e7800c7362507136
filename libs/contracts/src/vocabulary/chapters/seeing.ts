import { label, text } from '../field.ts';
import type { Chapter } from '../term.ts';
import { words } from './consents.ts';

const place = {
  name: label('What you call it.'),
  category: label('What it belongs to.'),
  title: label('Its title.'),
  url: text('Its full address.'),
};

export const seeing: Chapter = {
  title: 'Pages, screens and people',
  says: 'What SDKs send by calls of their own: `page`, `screen`, `identify`, `alias` and `group`. No field has to be there.',
  terms: {
    'page.viewed': {
      titles: ['Page Viewed', 'Page View'],
      says: 'Somebody saw a page: the call `page`.',
      must: {},
      may: {
        ...place,
        path: text('The part of the address behind the host.'),
        referrer: text('The page before.'),
        search: text('The part of the address behind the question mark.'),
      },
      example: { name: 'Home', title: 'Bottega Aurora', path: '/', url: 'https://shop.example/', referrer: '' },
    },
    'screen.viewed': {
      titles: ['Screen Viewed', 'Screen View'],
      says: 'Somebody saw a screen of the app: the call `screen`.',
      must: {},
      may: place,
      example: { name: 'Home' },
    },
    'customer.identified': {
      titles: ['Customer Identified'],
      says:
        'Somebody said who they are: the call `identify`. What is known about them stands in the traits. A no to offers counts there, too; ' +
        'a yes does not.',
      must: {},
      may: words,
      example: {},
    },
    'customer.aliased': {
      titles: ['Customer Aliased'],
      says: 'Somebody who was known by one id is known by another: the call `alias`.',
      must: {},
      may: {},
      example: {},
    },
    'group.joined': {
      titles: ['Group Joined'],
      says: 'Somebody belongs to a group, such as a household or a company: the call `group`, with its traits.',
      must: {},
      may: { group_id: label('The group.'), name: label('Its name.') },
      example: { group_id: 'household-7' },
    },
  },
};
