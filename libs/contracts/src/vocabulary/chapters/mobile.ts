import { flag, label, objectOf, text } from '../field.ts';
import type { Chapter, Term } from '../term.ts';

const installed = { version: label('The version of the app.'), build: label('Its build.') };
const campaign = objectOf({
  name: label('Its name.'),
  source: label('Where it comes from.'),
  medium: label('By what means.'),
  content: label('What it says.'),
  ad_creative: label('The advertisement.'),
  ad_group: label('The group of advertisements.'),
})('The campaign.');
const link = { provider: label('Who provides the link.'), url: text('The link.') };

const push: Pick<Term, 'must' | 'may' | 'example'> = {
  must: {},
  may: { action: label('The action that was tapped.'), campaign },
  example: { campaign: { name: 'autumn', medium: 'Push' } },
};
const opened = {
  ...installed,
  from_background: flag('Whether the app was running already.'),
  referring_application: label('The app that led here.'),
  url: text('The link that led here.'),
};

export const mobile: Chapter = {
  title: 'Mobile app',
  says: "As in Segment's native mobile specification. SDKs send most of them by themselves.",
  terms: {
    'application.installed': {
      titles: ['Application Installed'],
      says: 'The app was opened for the first time.',
      must: {},
      may: installed,
      example: { version: '1.2.3', build: '1234' },
    },
    'application.opened': {
      titles: ['Application Opened'],
      says: 'The app was opened.',
      must: {},
      may: opened,
      example: { from_background: false, version: '1.2.3', build: '1234' },
    },
    'application.foregrounded': {
      titles: ['Application Foregrounded'],
      says: 'The app came back to the front.',
      must: {},
      may: {},
      example: {},
    },
    'application.backgrounded': {
      titles: ['Application Backgrounded'],
      says: 'The app was put aside.',
      must: {},
      may: {},
      example: {},
    },
    'application.updated': {
      titles: ['Application Updated'],
      says: 'The app was updated.',
      must: {},
      may: {
        ...installed,
        previous_version: label('The version before.'),
        previous_build: label('The build before.'),
      },
      example: { previous_version: '1.1.2', previous_build: '1230', version: '1.2.3', build: '1234' },
    },
    'application.uninstalled': {
      titles: ['Application Uninstalled'],
      says: 'The app was removed.',
      must: {},
      may: {},
      example: {},
    },
    'application.crashed': {
      titles: ['Application Crashed'],
      says: 'The app failed.',
      must: {},
      may: {},
      example: {},
    },
    'install.attributed': {
      titles: ['Install Attributed'],
      says: 'It is known what led to the installation.',
      must: {},
      may: { provider: label('Who knows it.'), campaign },
      example: { provider: 'Branch', campaign: { source: 'search', name: 'autumn' } },
    },
    'push_notification.received': {
      titles: ['Push Notification Received'],
      says: 'A notification came to the phone.',
      ...push,
    },
    'push_notification.tapped': {
      titles: ['Push Notification Tapped'],
      says: 'Somebody tapped on a notification.',
      ...push,
    },
    'push_notification.bounced': {
      titles: ['Push Notification Bounced'],
      says: 'A notification did not arrive.',
      ...push,
    },
    'deep_link.opened': {
      titles: ['Deep Link Opened'],
      says: 'A link opened the app.',
      must: {},
      may: link,
      example: { provider: 'Branch', url: 'app://orders/o-1' },
    },
    'deep_link.clicked': {
      titles: ['Deep Link Clicked'],
      says: 'Somebody clicked on a link into the app.',
      must: {},
      may: link,
      example: { provider: 'Branch', url: 'https://link.example/1234' },
    },
  },
};
