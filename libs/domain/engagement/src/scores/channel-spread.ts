import type { Prior } from '../model/model.ts';
import { expectation, type Observation, type Sums } from './formula.ts';

/**
 * How much the experience of a customer differs between channels, as one observation of coherence.
 *
 * The mean of channel c is m_c = (b·k + V_c) / (k + W_c), with base and strength of coherence. The spread is the standard
 * deviation of the m_c with weights W_c, at most 1/2. Then
 *
 *     valence = 1 − 2·spread          weight = most · X / (k + X)
 *
 * where X is the evidence outside the dominant channel: a second channel with little evidence counts little.
 *
 * @param prior of coherence
 * @param most the maximum weight, from the model
 * @param channels the sums of each channel with evidence
 * @returns undefined for fewer than two channels
 */
export function channelSpread(prior: Prior, most: number, channels: readonly Sums[]): Observation | undefined {
  if (channels.length < 2) return undefined;
  const minor = weightOutsideDominant(channels);
  const spread = standardDeviation(prior, channels);
  return {
    weight: (most * minor) / (prior.strength + minor),
    valence: Math.min(1, Math.max(0, 1 - 2 * spread)),
  };
}

/** Sums the other channels. Subtracting the dominant channel from the total would lose the digits of a small remainder. */
export function weightOutsideDominant(channels: readonly Sums[]): number {
  let dominant = 0;
  let others = 0;
  for (const { weight } of channels) {
    others += Math.min(weight, dominant);
    dominant = Math.max(weight, dominant);
  }
  return others;
}

/** Of the means of the channels, with their weights. */
function standardDeviation(prior: Prior, channels: readonly Sums[]): number {
  let total = 0;
  for (const { weight } of channels) total += weight;
  if (total === 0) return 0;
  let mean = 0;
  for (const sums of channels) mean += expectation(prior, sums) * (sums.weight / total);
  let variance = 0;
  for (const sums of channels) variance += (expectation(prior, sums) - mean) ** 2 * (sums.weight / total);
  return Math.sqrt(variance);
}
