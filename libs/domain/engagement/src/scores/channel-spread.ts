import type { Model } from '../model/model.ts';
import type { Sums } from './formula.ts';
import { expectation } from './formula.ts';

/** The spread between channels as one observation of coherence. */
export interface SpreadObservation {
  readonly weight: number;
  readonly valence: number;
}

/**
 * How much the experience of a customer differs between channels, as one observation of coherence.
 *
 * The mean of channel c is m_c = (b·k + V_c) / (k + W_c), with base and strength of coherence. The spread is the standard
 * deviation of the m_c with weights W_c, at most 1/2. Then
 *
 *     valence = 1 − 2·spread          weight = model's weight · X / (k + X)
 *
 * where X is the evidence outside the dominant channel: a second channel with little evidence counts little.
 *
 * @param channels the sums of each channel with evidence
 * @returns undefined for fewer than two channels
 */
export function channelSpread(model: Model, channels: readonly Sums[]): SpreadObservation | undefined {
  if (channels.length < 2) return undefined;
  const prior = model.priors.coherence;
  const minor = weightOutsideDominant(channels);
  const spread = standardDeviation(channels.map((sums) => ({ value: expectation(prior, sums), weight: sums.weight })));
  return {
    weight: (model.channelSpreadWeight * minor) / (prior.strength + minor),
    valence: Math.min(1, Math.max(0, 1 - 2 * spread)),
  };
}

/** Sums the other channels. Subtracting the dominant channel from the total would lose the digits of a small remainder. */
function weightOutsideDominant(channels: readonly Sums[]): number {
  const [, ...others] = channels.map(({ weight }) => weight).sort((a, b) => b - a);
  return others.reduce((sum, weight) => sum + weight, 0);
}

function standardDeviation(parts: readonly { readonly value: number; readonly weight: number }[]): number {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return 0;
  const mean = parts.reduce((sum, { value, weight }) => sum + value * (weight / total), 0);
  const variance = parts.reduce((sum, { value, weight }) => sum + (value - mean) ** 2 * (weight / total), 0);
  return Math.sqrt(variance);
}
