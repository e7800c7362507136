import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as contracts from '@sestante/contracts';
import * as rules from '@sestante/rules';
import { type Service, startScoring } from '../service.ts';

describe('the attributes of rules', () => {
  it('are those that profile can tell', () => {
    expect(rules.attributeNames).toEqual(contracts.attributeNames);
  });
});

describe('GET /api/v1/rules/fields', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startScoring();
  });
  afterAll(() => service.dispose());

  it('lists every field with its group, its operators and what they compare with', async () => {
    const { status, body } = await service.get('/api/v1/rules/fields');
    expect(status).toBe(200);
    const groups = new Set(body.items.map(({ group }: { group: string }) => group));
    expect([...groups]).toEqual(['score', 'activity', 'attribute', 'consent', 'audience']);
    expect(body.items).toContainEqual({
      name: 'audience',
      type: 'membership',
      group: 'audience',
      operators: [
        { operator: 'equals', value: 'id' },
        { operator: 'one-of', value: 'ids' },
      ],
    });
    expect(body.items).toContainEqual(
      expect.objectContaining({ name: 'channels', choices: ['web', 'mobile', 'store', 'service', 'other'] }),
    );
  });
});
