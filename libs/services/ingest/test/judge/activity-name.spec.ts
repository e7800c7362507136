import { describe, expect, test } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import fc from 'fast-check';
import { normaliseName } from '../../src/judge/activity-name.ts';
import { activityOf, anEvent, rejectionOf } from '../builders.ts';

describe('a name of the vocabulary', () => {
  test.each(Object.entries(vocabulary))('%s is the name of all its titles', (name, { titles }) => {
    for (const title of titles) expect(normaliseName(title)).toBe(name);
    expect(normaliseName(name)).toBe(name);
  });

  test.each([
    ['Segment Consent Preference Updated', 'consent.updated'],
    ['Payment Difficulty Reported', 'payment.difficulty_reported'],
    ['contact after opt-out', 'contact.after_opt_out'],
    ['orderCompleted', 'order.completed'],
    ['checkout.step_viewed', 'checkout_step.viewed'],
  ])('%s becomes %s, although its last word is not the action', (title, name) => {
    expect(normaliseName(title)).toBe(name);
  });
});

describe('a custom name', () => {
  test.each([
    ['shaped like ours stays', 'gift.wrapped', 'gift.wrapped'],
    ['shaped like ours with underscores stays', 'gift.wrapped_in_red', 'gift.wrapped_in_red'],
    ['shaped like ours in capitals becomes small', 'Gift.Wrapped_In_Red', 'gift.wrapped_in_red'],
    ['in snake case', 'gift_wrapped', 'gift.wrapped'],
    ['in kebab case', 'gift-wrapped', 'gift.wrapped'],
    ['with many spaces', '  Gift   Wrapped ', 'gift.wrapped'],
    ['with signs', 'Gift: Wrapped!', 'gift.wrapped'],
    ['with three parts', 'shop.order.completed', 'shop_order.completed'],
    ['of one word', 'Hugged', 'hugged'],
    ['with digits', 'Step 2 Viewed', 'step_2.viewed'],
    ['in German', 'Größe Geändert', 'größe.geändert'],
    ['in Greek', 'Παραγγελία Ολοκληρώθηκε', 'παραγγελία.ολοκληρώθηκε'],
    ['in Hindi, whose vowels are marks', 'उत्पाद देखा', 'उत्पाद.देखा'],
    ['in Japanese', '注文 完了', '注文.完了'],
  ])('%s', (_, given, name) => {
    expect(normaliseName(given)).toBe(name);
  });

  test('is the same for composed and decomposed accents', () => {
    expect(normaliseName('Commande Passe\u0301e')).toBe(normaliseName('Commande Pass\u00e9e'));
  });

  test.each(['', ' ', '...', '—', '🎁', '\n'])('is undefined for %j', (given) => {
    expect(normaliseName(given)).toBeUndefined();
    expect(rejectionOf(anEvent({ event: given }))?.code).toBe('name-missing');
  });

  test('in the form object.action stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (given) => {
        const name = normaliseName(given);
        fc.pre(name !== undefined);
        expect(normaliseName(name!)).toBe(name);
      }),
    );
  });

  test.each([
    [127, true],
    [128, true],
    [129, false],
  ])('of %d characters is accepted: %s', (length, isTaken) => {
    const event = 'x'.repeat(length);
    expect(rejectionOf(anEvent({ event }))?.code).toBe(isTaken ? undefined : 'name-too-long');
  });

  test('is measured without the spaces around it', () => {
    expect(activityOf(anEvent({ event: ` ${'x'.repeat(128)} ` })).name).toHaveLength(128);
  });
});
