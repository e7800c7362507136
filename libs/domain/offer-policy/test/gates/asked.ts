import { decide, type Situation, type Verdict } from '../../src/index.ts';

/** What one gate says about the first template of the catalogue. */
export function asked(gate: string, situation: Situation): Verdict {
  const verdict = decide(situation).candidates[0]?.gates.find((one) => one.gate === gate);
  if (verdict === undefined) throw new Error(`The gate ${gate} was not asked`);
  return verdict;
}
