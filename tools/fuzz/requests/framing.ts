import fc from 'fast-check';

/** How a body goes over the wire: with its length, in one chunk, in many, or not at all, with nothing that says so. */
export type Framing = 'length' | 'chunk' | 'chunks' | 'nothing';

/** Most with a length. */
export const framing: fc.Arbitrary<Framing> = fc.oneof(
  { weight: 17, arbitrary: fc.constant('length' as const) },
  { weight: 3, arbitrary: fc.constantFrom('chunk' as const, 'chunks' as const, 'nothing' as const) },
);

type Headers = Readonly<Record<string, string>>;

/** Few ask before they send, and very few for what nobody can do. */
export const expectation: fc.Arbitrary<Headers> = fc.oneof(
  { weight: 40, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.constant({ expect: '100-continue' }) },
  { weight: 1, arbitrary: fc.constantFrom({ expect: '100-Continue' }, { expect: 'more' }, { expect: '' }) },
);

const origin = { origin: 'https://shop.example' };

/** What a page asks before it sends, and what is like it. */
export const preflight: fc.Arbitrary<Headers> = fc.constantFrom<Headers>(
  {},
  origin,
  { ...origin, 'access-control-request-method': 'POST' },
  { ...origin, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'authorization,x-new' },
  { ...origin, 'access-control-request-method': 'BREW', 'access-control-request-headers': ',,' },
  { 'access-control-request-method': 'POST' },
  { origin: 'null', 'access-control-request-method': '' },
);
