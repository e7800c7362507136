import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { SamplerName } from '../../config.ts';

/** The sampler for a value of `OTEL_TRACES_SAMPLER`; `ratio` is for samplers by ratio. */
export function samplerOf(name: SamplerName, ratio: number): Sampler {
  const root = name.replace('parentbased_', '');
  const sampler =
    root === 'always_off'
      ? new AlwaysOffSampler()
      : root === 'traceidratio'
        ? new TraceIdRatioBasedSampler(ratio)
        : new AlwaysOnSampler();
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root: sampler }) : sampler;
}
