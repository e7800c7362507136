import { run } from '@sestante/runtime';
import { OffersModule } from '@sestante/offers';

await run(OffersModule);
