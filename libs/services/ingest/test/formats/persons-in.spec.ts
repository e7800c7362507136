import { expect, test } from '@jest/globals';
import { personsIn } from '../../src/formats/persons-in.ts';
import { anEvent, anEventOfDepth } from '../builders.ts';

test.each<[string, unknown, string[]]>([
  [
    'an event',
    anEvent({ anonymousId: 'visit', traits: { email: 'Ada@Example.org' } }),
    ['user_id:ada', 'anonymous_id:visit', 'email:ada@example.org'],
  ],
  [
    'one that names somebody where it is not read',
    { user_id: 'ada', e_mail: 'ada@example.org' },
    ['user_id:ada', 'email:ada@example.org'],
  ],
  ['a CloudEvent', { subject: 'x', data: { userId: 7 }, loyaltycard: '77' }, ['user_id:7', 'loyalty_card:77']],
  [
    'a receipt',
    { RetailTransaction: { Customer: { Telephone: '+39 393 47111' }, LoyaltyAccount: [{ LoyaltyAccountID: '77' }] } },
    ['phone:+3939347111', 'loyalty_card:77'],
  ],
  ['an event with external ids', { externalIds: [{ type: 'device_id', id: 'd-1' }, { type: 'x' }] }, ['device_id:d-1']],
  [
    'an activity',
    {
      identifiers: [
        { kind: 'user_id', value: 'ada', isAlias: true },
        { kind: 'loyalty_card', value: '77' },
        { kind: 'anonymous_id', value: 'visit' },
        { kind: 'x', value: 'y' },
        { kind: 'device_id' },
      ],
    },
    ['user_id:ada', 'loyalty_card:77', 'anonymous_id:visit'],
  ],
  [
    'one with mailboxes under any names',
    { contact_email: 'Ada@Example.org', emails: ['Bea <bea@example.org>'], userId: 'cy@example.org', note: 'at @home' },
    ['email:ada@example.org', 'email:bea@example.org', 'user_id:cy@example.org', 'email:cy@example.org'],
  ],
  ['nothing', null, []],
  ['an event that is nested too deeply', anEventOfDepth(100_000), ['user_id:ada']],
])('the identifiers in %s are found', (_, event, persons) => {
  expect(personsIn(event, null)).toEqual(persons);
});

test('a phone number is found as it is written and as one of the country of the source', () => {
  const event = { traits: { phone: '0335 1234567' }, phone: 'ask Anna' };
  expect(personsIn(event, null)).toEqual(['phone:03351234567']);
  expect(personsIn(event, 'IT')).toEqual(['phone:03351234567', 'phone:+393351234567']);
});
