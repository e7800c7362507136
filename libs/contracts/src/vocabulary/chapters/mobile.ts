import { flag, label, objectOf, text } from '../field.ts';
import type { Chapter, Term } from '../term.ts';

const installed = { version: label('The version of the app.'), build: label('The build of the app.') };
const campaign = objectOf({
  name: label('Its name.'),
  source: label('The source of the campaign.'),
  medium: label('The medium of the campaign.'),
  content: label('The content of the campaign.'),
  ad_creative: label('The advertisement.'),
  ad_group: label('The group of advertisements.'),
})('The campaign.');
const link = { provider: label('The provider of the link.'), url: text('The link.') };

const push: Pick<Term, 'must' | 'may' | 'example'> = {
  must: {},
  may: { action: label('The tapped action.'), campaign },
  example: { campaign: { name: 'autumn', medium: 'Push' } },
};
const opened = {
  ...installed,
  from_background: flag('Whether the app was already running.'),
  referring_application: label('The app that opened this app.'),
  url: text('The link that opened this app.'),
};

export const mobile: Chapter = {
  title: 'Mobile app',
  description: "As in Segment's native mobile specification. SDKs send most of these activities automatically.",
  terms: {
    'application.installed': {
      titles: ['Application Installed'],
      description: 'The app was opened for the first time.',
      must: {},
      may: installed,
      example: { version: '1.2.3', build: '1234' },
    },
    'application.opened': {
      titles: ['Application Opened'],
      description: 'The app was opened.',
      must: {},
      may: opened,
      example: { from_background: false, version: '1.2.3', build: '1234' },
    },
    'application.foregrounded': {
      titles: ['Application Foregrounded'],
      description: 'The app returned to the foreground.',
      must: {},
      may: {},
      example: {},
    },
    'application.backgrounded': {
      titles: ['Application Backgrounded'],
      description: 'The app went to the background.',
      must: {},
      may: {},
      example: {},
    },
    'application.updated': {
      titles: ['Application Updated'],
      description: 'The app was updated.',
      must: {},
      may: {
        ...installed,
        previous_version: label('The previous version.'),
        previous_build: label('The previous build.'),
      },
      example: { previous_version: '1.1.2', previous_build: '1230', version: '1.2.3', build: '1234' },
    },
    'application.uninstalled': {
      titles: ['Application Uninstalled'],
      description: 'The app was uninstalled.',
      must: {},
      may: {},
      example: {},
    },
    'application.crashed': {
      titles: ['Application Crashed'],
      description: 'The app crashed.',
      must: {},
      may: {},
      example: {},
    },
    'install.attributed': {
      titles: ['Install Attributed'],
      description: 'An installation was attributed to a campaign.',
      must: {},
      may: { provider: label('The provider of the attribution.'), campaign },
      example: { provider: 'Branch', campaign: { source: 'search', name: 'autumn' } },
    },
    'push_notification.received': {
      titles: ['Push Notification Received'],
      description: 'A phone received a notification.',
      ...push,
    },
    'push_notification.tapped': {
      titles: ['Push Notification Tapped'],
      description: 'Somebody tapped on a notification.',
      ...push,
    },
    'push_notification.bounced': {
      titles: ['Push Notification Bounced'],
      description: 'A notification did not arrive.',
      ...push,
    },
    'deep_link.opened': {
      titles: ['Deep Link Opened'],
      description: 'A link opened the app.',
      must: {},
      may: link,
      example: { provider: 'Branch', url: 'app://orders/o-1' },
    },
    'deep_link.clicked': {
      titles: ['Deep Link Clicked'],
      description: 'Somebody clicked on a link into the app.',
      must: {},
      may: link,
      example: { provider: 'Branch', url: 'https://link.example/1234' },
    },
  },
};
