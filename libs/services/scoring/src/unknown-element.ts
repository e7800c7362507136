import { elements } from '@sestante/engagement';
import { Problem } from '@sestante/runtime';

export const unknownElement = () =>
  new Problem(400, 'bad-element', `\`element\` must be one of ${elements.join(', ')}.`);
