import { run } from '@sestante/runtime';
import { ProfileModule } from '@sestante/profile';

await run(ProfileModule);
