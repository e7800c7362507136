import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ExportPart, ExportRequested } from '@sestante/contracts';
import { sendExport } from '../../src/exports/send-export.ts';

const customerId = '0199c0de-0000-7000-8000-000000000001';

/** A request of so many milliseconds ago. */
const aRequest = (agoMs: number): ExportRequested => ({
  exportId: '0199c0de-0000-7000-8000-00000000e001',
  customerId,
  members: [customerId],
  persons: [],
  requestedAt: new Date(Date.now() - agoMs).toISOString(),
});

/** Sends an export from a stream that never catches up. Resolves to the parts, and to how long that took. */
async function sentBy(request: ExportRequested) {
  const parts: ExportPart[] = [];
  const behind = { topic: '', partition: 0, group: 'profile', committed: 0, end: 1 };
  const stream = { positions: async () => [behind], publish: async () => undefined };
  const startedAt = Date.now();
  await sendExport(
    {
      ...{ service: 'profile', stream, filesOf: () => [{ name: 'notes', items: [1] }] },
      send: async (part) => void parts.push(part),
    },
    request,
  );
  return { parts, ms: Date.now() - startedAt };
}

describe('an export from a service that is far behind', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['was asked for 31 s ago', 31_000, 3_600, 0],
    ['was asked for 29.7 s ago waits for the rest of 30 s, and', 29_700, 3_600, 100],
    ['was asked for before the start, 29.7 s ago, waits for the rest of 30 s, and', 60_000, 29.7, 100],
  ])('that %s is sent', async (_, agoMs, upSeconds, atLeastMs) => {
    jest.spyOn(process, 'uptime').mockReturnValue(upSeconds);
    const { parts, ms } = await sentBy(aRequest(agoMs));
    expect(parts).toMatchObject([{ file: 'notes', items: [1], isLast: true }]);
    expect(ms).toBeGreaterThanOrEqual(atLeastMs);
    expect(ms).toBeLessThan(2_000);
  });
});
