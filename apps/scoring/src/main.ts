import { run } from '@sestante/runtime';
import { ScoringModule } from '@sestante/scoring';

await run(ScoringModule);
