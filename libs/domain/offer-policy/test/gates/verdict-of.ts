import { decide, type Situation, type Verdict } from '../../src/index.ts';

/** The verdict of one gate on the first template of the catalogue. */
export function verdictOf(gate: string, situation: Situation): Verdict {
  const verdict = decide(situation).candidates[0]?.gates.find((one) => one.gate === gate);
  if (verdict === undefined) throw new Error(`There is no verdict of the gate ${gate}`);
  return verdict;
}
