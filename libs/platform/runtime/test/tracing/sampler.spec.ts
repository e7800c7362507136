import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { expect, test } from '@jest/globals';
import type { SamplerName } from '../../src/config.ts';
import { samplerOf } from '../../src/observe/tracing/sampler.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const below = (traceFlags: number) =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: 'b7ad6b7169203331', traceFlags, isRemote: true });

/** Whether traces are sampled: without a parent, with a sampled parent, with a parent that is not sampled. */
const kept = (name: SamplerName, ratio: number) =>
  [ROOT_CONTEXT, below(1), below(0)].map(
    (context) =>
      samplerOf(name, ratio).shouldSample(context, traceId, 'a span', SpanKind.SERVER, {}, []).decision ===
      SamplingDecision.RECORD_AND_SAMPLED,
  );

test.each<[SamplerName, number, boolean[]]>([
  ['always_on', 1, [true, true, true]],
  ['always_off', 1, [false, false, false]],
  ['traceidratio', 1, [true, true, true]],
  ['traceidratio', 0, [false, false, false]],
  ['parentbased_always_on', 1, [true, true, false]],
  ['parentbased_always_off', 1, [false, true, false]],
  ['parentbased_traceidratio', 1, [true, true, false]],
  ['parentbased_traceidratio', 0, [false, true, false]],
])('%s with %d keeps what OpenTelemetry means by it', (name, ratio, decisions) => {
  expect(kept(name, ratio)).toEqual(decisions);
});
