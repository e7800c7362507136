import { describe, expect, test } from '@jest/globals';
import { sharedBuffersFor, usableMemory } from '../src/embedded/shared-buffers.ts';

const megabyte = 1024 * 1024;

describe('the shared buffers of the embedded server', () => {
  test.each([
    [256 * megabyte - 1, '64MB'],
    [256 * megabyte, '64MB'],
    [260 * megabyte - 1, '64MB'],
    [260 * megabyte, '65MB'],
    [260 * megabyte + 1, '65MB'],
    [1024 * megabyte, '256MB'],
    [4096 * megabyte - 1, '1023MB'],
    [4096 * megabyte, '1024MB'],
    [4096 * megabyte + 1, '1024MB'],
    [65_536 * megabyte, '1024MB'],
    [0, '64MB'],
  ])('on a machine with %d bytes are %s', (memory, size) => {
    expect(sharedBuffersFor(memory)).toBe(size);
  });

  test.each([
    ['the machine, if there is no limit', 0, 1_000],
    ['the machine, if the limit is the largest number', 2 ** 64, 1_000],
    ['the limit, one byte below the machine', 999, 999],
    ['the limit that equals the machine', 1_000, 1_000],
    ['the machine, one byte below the limit', 1_001, 1_000],
  ])('depend on the memory of %s', (_, limit, usable) => {
    expect(usableMemory(1_000, limit)).toBe(usable);
  });
});
