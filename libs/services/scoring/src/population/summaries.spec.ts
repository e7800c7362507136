import { describe, expect, it } from '@jest/globals';
import { useOf } from './summaries.ts';

describe('a summary that was counted before', () => {
  it.each([
    { tookMs: 499, ageMs: 0, use: 'none' },
    { tookMs: 500, ageMs: 0, use: 'none' },
    { tookMs: 501, ageMs: 0, use: 'kept' },
    { tookMs: 1_000, ageMs: 9_999, use: 'kept' },
    { tookMs: 1_000, ageMs: 10_000, use: 'kept' },
    { tookMs: 1_000, ageMs: 10_001, use: 'refreshed' },
    { tookMs: 70_000, ageMs: 599_999, use: 'kept' },
    { tookMs: 70_000, ageMs: 600_000, use: 'kept' },
    { tookMs: 70_000, ageMs: 600_001, use: 'none' },
  ])('that took $tookMs ms, $ageMs ms ago: $use', ({ tookMs, ageMs, use }) => {
    expect(useOf({ at: 1_000_000, tookMs }, 1_000_000 + ageMs)).toBe(use);
  });
});
