import fc from 'fast-check';

/** How a body is sent: with its length, in one chunk, in many chunks, or not at all without length and chunks. */
export type Framing = 'length' | 'chunk' | 'chunks' | 'nothing';

/** Mostly with a length. */
export const framing: fc.Arbitrary<Framing> = fc.oneof(
  { weight: 17, arbitrary: fc.constant('length' as const) },
  { weight: 3, arbitrary: fc.constantFrom('chunk' as const, 'chunks' as const, 'nothing' as const) },
);

type Headers = Readonly<Record<string, string>>;

/** Sometimes `100-continue`, rarely an unsupported expectation. */
export const expectation: fc.Arbitrary<Headers> = fc.oneof(
  { weight: 40, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.constant({ expect: '100-continue' }) },
  { weight: 1, arbitrary: fc.constantFrom({ expect: '100-Continue' }, { expect: 'more' }, { expect: '' }) },
);

const origin = { origin: 'https://shop.example' };

/** The headers of preflight requests, valid and invalid. */
export const preflight: fc.Arbitrary<Headers> = fc.constantFrom<Headers>(
  {},
  origin,
  { ...origin, 'access-control-request-method': 'POST' },
  { ...origin, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'authorization,x-new' },
  { ...origin, 'access-control-request-method': 'BREW', 'access-control-request-headers': ',,' },
  { 'access-control-request-method': 'POST' },
  { origin: 'null', 'access-control-request-method': '' },
);
