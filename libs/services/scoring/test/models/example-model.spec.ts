import { expect, it } from '@jest/globals';
import { compileModel } from '@sestante/engagement';
import { exampleModel } from '../../src/models/example-model.ts';

it('the model in the OpenAPI document is valid', () => {
  expect(compileModel(exampleModel).version).toBe('shop-1');
});
