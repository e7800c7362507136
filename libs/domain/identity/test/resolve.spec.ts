import { describe, expect, it } from '@jest/globals';
import { resolve } from '../src/index.ts';
import { account, browser, card, device, mailbox } from './builders.ts';
import { emptyMembers } from './members.ts';

const [anna, bruno] = [account('anna'), account('bruno')];

describe('without known identifiers', () => {
  it('a first visit needs a new member, who gets every identifier, strongest first', () => {
    expect(resolve([device('phone'), browser('visit'), device('phone')], () => undefined)).toEqual({
      owner: undefined,
      attach: [browser('visit'), device('phone')],
    });
  });

  it('an activity without identifiers needs a new member', () => {
    expect(resolve([], () => undefined)).toEqual({ owner: undefined, attach: [] });
  });

  it('the first of two accounts in one activity is attached, the other is ignored', () => {
    expect(resolve([anna, bruno], () => undefined)).toEqual({ owner: undefined, attach: [anna] });
  });
});

describe('an anonymous visitor on a phone', () => {
  it('stays the same customer when she signs up', () => {
    const members = emptyMembers();
    const visit = members.act(browser('visit'), device('phone'));
    const signUp = members.act(anna, mailbox('anna@example.org'), browser('visit'), device('phone'));
    expect(signUp).toMatchObject({ memberId: visit.memberId, attach: [anna, mailbox('anna@example.org')] });
  });

  it('stays the same customer when she shows a new loyalty card in the app', () => {
    const members = emptyMembers();
    const visit = members.act(device('phone'));
    expect(members.act(card('77'), device('phone')).memberId).toBe(visit.memberId);
  });
});

describe('a shared tablet', () => {
  it('stays with the first person; the second person who signs up becomes a new customer', () => {
    const members = emptyMembers();
    const first = members.act(anna, device('tablet'));
    const second = members.act(bruno, device('tablet'));
    expect(second).toMatchObject({ owner: undefined, attach: [bruno] });
    expect(second.memberId).not.toBe(first.memberId);
  });

  it('does not decide between two people who are identified by their accounts', () => {
    const members = emptyMembers();
    members.act(anna, device('tablet'));
    const second = members.act(bruno, device('tablet'));
    const again = members.act(device('tablet'), bruno, browser('new browser'));
    expect(again).toMatchObject({ memberId: second.memberId, attach: [browser('new browser')] });
  });

  it('does not keep the second person from joining her own earlier visits in another browser', () => {
    const members = emptyMembers();
    members.act(anna, device('tablet'));
    const visit = members.act(browser('private window'));
    const signUp = members.act(bruno, browser('private window'), device('tablet'));
    expect(signUp).toMatchObject({ memberId: visit.memberId, attach: [bruno] });
  });
});

describe('a family mailbox', () => {
  it('belongs to the first person who signs up', () => {
    const members = emptyMembers();
    const newsletter = members.act(mailbox('family@example.org'));
    expect(members.act(anna, mailbox('family@example.org')).memberId).toBe(newsletter.memberId);
  });

  it('does not merge the second person who signs up with the first', () => {
    const members = emptyMembers();
    members.act(anna, mailbox('family@example.org'));
    const second = members.act(bruno, mailbox('family@example.org'));
    expect(second).toMatchObject({ owner: undefined, attach: [bruno] });
  });

  it('does not attach an unknown loyalty card to the account of the mailbox', () => {
    const members = emptyMembers();
    members.act(anna, mailbox('family@example.org'));
    expect(members.act(card('77'), mailbox('family@example.org'))).toMatchObject({ owner: undefined });
  });
});

describe('a loyalty card shown at the till', () => {
  it('leads to its customer, to whom the mailbox of the receipt is attached', () => {
    const members = emptyMembers();
    const first = members.act(card('77'));
    const next = members.act(card('77'), mailbox('anna@example.org'));
    expect(next).toMatchObject({ memberId: first.memberId, attach: [mailbox('anna@example.org')] });
  });

  it('joins the account that names it', () => {
    const members = emptyMembers();
    const signUp = members.act(anna);
    expect(members.act(anna, card('77')).memberId).toBe(signUp.memberId);
    expect(members.act(card('77')).memberId).toBe(signUp.memberId);
  });

  it('keeps its history when an account is opened with it', () => {
    const members = emptyMembers();
    const till = members.act(card('77'));
    expect(members.act(anna, card('77'))).toMatchObject({ memberId: till.memberId, attach: [anna] });
  });

  it('may be replaced by another card of the same account', () => {
    const members = emptyMembers();
    const signUp = members.act(anna, card('lost'));
    expect(members.act(anna, card('new'))).toMatchObject({ memberId: signUp.memberId, attach: [card('new')] });
  });

  it('stays with its account when another family member opens an account with it', () => {
    const members = emptyMembers();
    members.act(anna, card('77'));
    const second = members.act(bruno, card('77'));
    expect(second).toMatchObject({ owner: undefined, attach: [bruno] });
  });
});

describe('an activity with identifiers of two customers', () => {
  it('goes to the account, and the card of the other customer does not move', () => {
    const members = emptyMembers();
    members.act(card('77'));
    const signUp = members.act(anna);
    expect(members.act(card('77'), anna)).toMatchObject({ memberId: signUp.memberId });
  });

  it('goes to the known account; an unknown account is ignored', () => {
    const members = emptyMembers();
    const signUp = members.act(anna);
    expect(members.act(bruno, anna)).toMatchObject({ memberId: signUp.memberId, attach: [] });
  });
});

describe('a loyalty card from a web page', () => {
  const claimed = (value: string) => ({ ...card(value), isWeak: true }) as const;

  it('leads a visitor to its owner', () => {
    const members = emptyMembers();
    const till = members.act(card('77'));
    expect(members.act(claimed('77'), browser('visit'))).toMatchObject({
      memberId: till.memberId,
      attach: [browser('visit')],
    });
  });

  it('does not merge an account with its owner', () => {
    const members = emptyMembers();
    const till = members.act(anna, card('77'));
    const page = members.act(bruno, claimed('77'), browser('visit'));
    expect(page).toMatchObject({ owner: undefined, attach: [bruno, browser('visit')] });
    expect(page.memberId).not.toBe(till.memberId);
  });

  it('is not attached, so that its owner can use it at the till later', () => {
    const members = emptyMembers();
    const page = members.act(claimed('77'), browser('visit'));
    expect(page.attach).toEqual([browser('visit')]);
    expect(members.act(card('77'))).toMatchObject({ owner: undefined, attach: [card('77')] });
  });

  it('counts as strong if the same activity also has it from a source that can vouch for it', () => {
    expect(resolve([claimed('77'), card('77')], () => undefined).attach).toEqual([card('77')]);
  });
});
