import { label, text } from '../field.ts';
import type { Chapter } from '../term.ts';
import { consentProperties } from './consents.ts';

const place = {
  name: label('Your name for the page or screen.'),
  category: label('Its category.'),
  title: label('Its title.'),
  url: text('Its full address.'),
};

export const pages: Chapter = {
  title: 'Pages, screens and people',
  description:
    'Activities that SDKs send by their own calls: `page`, `screen`, `identify`, `alias` and `group`; and the verification of an identifier. ' +
    'No field is required.',
  terms: {
    'page.viewed': {
      titles: ['Page Viewed', 'Page View'],
      description: 'Somebody saw a page: the call `page`.',
      must: {},
      may: {
        ...place,
        path: text('The path of the address.'),
        referrer: text('The previous page.'),
        search: text('The query string of the address.'),
      },
      example: { name: 'Home', title: 'Bottega Aurora', path: '/', url: 'https://shop.example/', referrer: '' },
    },
    'screen.viewed': {
      titles: ['Screen Viewed', 'Screen View'],
      description: 'Somebody saw a screen of the app: the call `screen`.',
      must: {},
      may: place,
      example: { name: 'Home' },
    },
    'customer.identified': {
      titles: ['Customer Identified'],
      description:
        'Somebody identified themselves: the call `identify`. The traits describe the person. The traits can deny consent to offers, ' +
        'but cannot grant it.',
      must: {},
      may: consentProperties,
      example: {},
    },
    'customer.aliased': {
      titles: ['Customer Aliased'],
      description: 'A person has an additional id: the call `alias`.',
      must: {},
      may: {},
      example: {},
    },
    'identity.verified': {
      titles: ['Identity Verified'],
      description:
        'An e-mail address or a phone was verified: the customer has confirmed it, for example by a link or a code. From then on it identifies ' +
        'one person. `kind` is `email` or `phone`; without it, both are verified if the activity has both.',
      must: {},
      may: { kind: label('What was verified: `email` or `phone`.') },
      example: { kind: 'email' },
    },
    'group.joined': {
      titles: ['Group Joined'],
      description: 'Somebody belongs to a group, such as a household or a company: the call `group`, with its traits.',
      must: {},
      may: { group_id: label('The group.'), name: label('Its name.') },
      example: { group_id: 'household-7' },
    },
  },
};
