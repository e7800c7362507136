import { run } from '@sestante/runtime';
import { IngestModule } from '@sestante/ingest';

await run(IngestModule);
