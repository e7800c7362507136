import { describe, expect, it } from '@jest/globals';
import { useOf } from './summaries.ts';

describe('a summary that was counted before', () => {
  it.each([
    { tookMs: 249, ageMs: 0, use: 'none' },
    { tookMs: 250, ageMs: 0, use: 'none' },
    { tookMs: 251, ageMs: 0, use: 'kept' },
    { tookMs: 1_000, ageMs: 9_999, use: 'kept' },
    { tookMs: 1_000, ageMs: 10_000, use: 'kept' },
    { tookMs: 1_000, ageMs: 10_001, use: 'refreshed' },
    { tookMs: 9_000, ageMs: 59_999, use: 'kept' },
    { tookMs: 9_000, ageMs: 60_000, use: 'kept' },
    { tookMs: 9_000, ageMs: 60_001, use: 'none' },
  ])('that took $tookMs ms, $ageMs ms ago: $use', ({ tookMs, ageMs, use }) => {
    expect(useOf({ at: 1_000_000, tookMs }, 1_000_000 + ageMs)).toBe(use);
  });
});
