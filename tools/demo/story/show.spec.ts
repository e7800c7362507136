import { describe, expect, it } from '@jest/globals';
import type { Decision, Explanation, Offer, Scores } from './answers.ts';
import { shares } from './channels.ts';
import { showOffer, showRefusal } from './show-offer.ts';
import { showReasons } from './show-reasons.ts';
import { showScores } from './show-scores.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

describe('scores', () => {
  const scoresOf = (trust: number): Scores => {
    const known = { bond: 70, mood: 65, evidence: 3 };
    const unknown = { bond: null, mood: null, evidence: 0 };
    const elements = {
      value: known,
      efficiency: known,
      trust: { bond: 62, mood: trust, evidence: 5 },
      coherence: known,
      relevance: known,
    };
    return { customerId: 'c', overall: 66.4, elements: { ...elements, control: unknown } };
  };

  it('are bars with the changes', () => {
    const lines = showScores(scoresOf(42), scoresOf(69)).map(plain);
    expect(lines[1]).toBe('  value      ██████████████░░░░░░  70   █████████████░░░░░░░  65');
    expect(lines[3]).toBe('  trust      ████████████░░░░░░░░  62   ████████░░░░░░░░░░░░  42   ▼ from 69');
    expect(lines[6]).toMatch(/^ {2}control +not enough evidence/);
    expect(lines[7]).toMatch(/^ {2}overall .* 66$/);
  });
});

describe('reasons', () => {
  const contributions = [-20.25, 3, 2, 1, 1, 0.5, 0.25].map((contribution, index) => ({
    name: index === 0 ? 'promise.broken' : 'delivery.arrived',
    at: new Date(now - index * 86_400_000).toISOString(),
    contribution,
  }));
  const explanation: Explanation = { element: 'trust', base: 65, score: 52.5, contributions, earlier: null };

  it('add up, with the small ones as one sum', () => {
    const lines = showReasons(explanation, now).map(plain);
    expect(lines[0]).toBe('    65.0  base of every customer');
    expect(lines[1]).toMatch(/^ {3}−20\.[23] {2}promise broken, today, \d\d:\d\d$/);
    expect(lines[6]).toBe('    +0.8  2 more');
    expect(lines[7]).toBe('    52.5  total');
  });

  it.each([
    [1, '    +3.1  1 earlier activity'],
    [214, '    +3.1  214 earlier activities'],
  ])('have the %d activities whose evidence is no longer kept as one sum', (activities, line) => {
    const lines = showReasons({ ...explanation, earlier: { activities, contribution: 3.1 } }, now).map(plain);
    expect(lines[7]).toBe(line);
  });

  it('are empty without evidence', () => {
    expect(showReasons({ ...explanation, score: null, contributions: [] }, now)).toEqual([
      '  there is no evidence yet',
    ]);
  });
});

describe('an offer', () => {
  const offer: Offer = {
    offerId: 'o',
    code: '793R1WPHND',
    template: 'apology-with-a-call',
    kind: 'relational',
    element: 'trust',
    title: 'We are sorry.',
    reason:
      'We noticed that we did not keep a promise we had made to you. The fault is ours, not yours, and we say so.',
    terms: 'One call.',
    endsAt: '2026-12-06T10:00:00Z',
    status: 'made',
  };

  it('has reason, terms, code and end, in lines of limited width', () => {
    const lines = showOffer(offer).map(plain);
    expect(lines.join('\n')).toContain('code   793R1WPHND   until 6 December');
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(offer.reason);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('no offer', () => {
  const cause = { name: 'order.refunded', timestamp: '2026-11-22T10:00:00Z', channel: 'store' };
  const passed = { gate: 'trigger', passed: true, reason: 'the template is triggered by order.refunded' };
  const failed = { gate: 'difficulty', passed: false, reason: 'the customer is in financial difficulty' };

  it('lists the gates that were not passed', () => {
    const candidates = [
      { template: 'discount', gates: [passed, failed] },
      { template: 'apology', gates: [{ ...failed, gate: 'trigger' }] },
    ];
    const decision: Decision = { result: 'no-deal', cause, reasons: ['discount: …'], candidates };
    expect(showRefusal(decision).map(plain)).toEqual([
      '  “discount” is triggered by “order refunded” and passes 1 of 2 gates. But:',
      '  ✗ difficulty: the customer is in financial difficulty',
    ]);
  });

  it('lists the reasons if no template is triggered', () => {
    const decision: Decision = {
      result: 'no-deal',
      cause,
      reasons: ['no template is triggered by order.refunded'],
      candidates: [],
    };
    expect(showRefusal(decision)).toEqual(['  no template is triggered by order.refunded']);
  });
});

describe('the shares of the channels', () => {
  it.each([
    [['web', 'mobile', 'store'] as const, '████████▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒'],
    [['web', 'service'] as const, '█'.repeat(24)],
    [[] as const, ''],
  ])('%p', (channels, drawn) => expect(plain(shares(channels))).toBe(drawn));
});

function plain(text: string): string {
  return text.replaceAll(/\u001b\[\d+m/g, '');
}
