import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { compileModel, type ModelDocument } from '@sestante/engagement';
import { readFileSync } from 'node:fs';
import { activitiesOf } from '../src/models/activities-of-model.ts';
import { type Service, startScoring } from './service.ts';

const document = JSON.parse(readFileSync(new URL('../models/retail-2.json', import.meta.url), 'utf8')) as ModelDocument;
const itemsOf = (rules: ModelDocument['rules']) => activitiesOf(compileModel({ ...document, rules }));

describe('what a model makes of the activities', () => {
  it('has every activity of the vocabulary once', () => {
    expect(activitiesOf(compileModel(document)).map(({ activity }) => activity)).toEqual(Object.keys(vocabulary));
  });

  it('has the rules of an activity with their reasons', () => {
    const [rule] = document.rules;
    const item = itemsOf([rule!]).find(({ activity }) => activity === 'order.completed');
    const { activity, ...rest } = rule!;
    const elements = rest.signals.map(({ element }) => element);
    expect(item).toEqual({ activity, isInVocabulary: true, isPurchase: true, elements, rules: [{ rule: 0, ...rest }] });
  });

  it('is nothing for an activity without a rule', () => {
    const item = itemsOf(document.rules).find(({ activity }) => activity === 'page.viewed');
    expect(item).toMatchObject({ isPurchase: false, elements: [], rules: [] });
  });

  it('has custom activities at the end', () => {
    const custom = { ...document.rules[0]!, activity: 'gift.wrapped' };
    expect(itemsOf([custom]).at(-1)).toMatchObject({
      activity: 'gift.wrapped',
      isInVocabulary: false,
      elements: ['relevance'],
    });
  });
});

describe('GET activities of a model', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startScoring();
  });
  afterAll(() => service.dispose());

  it('says which elements each of them moves, and why', async () => {
    const { status, body } = await service.get('/api/v1/models/retail-1/activities');
    expect(status).toBe(200);
    expect(body.model).toBe('retail-1');
    const broken = body.items.find(({ activity }: { activity: string }) => activity === 'promise.broken');
    expect(broken).toMatchObject({ isInVocabulary: true, elements: ['trust'] });
    expect(broken.rules[0].because.de).toMatch(/\w/);
  });

  it('is not found for an unknown model', async () => {
    expect(await service.get('/api/v1/models/retail-0/activities')).toMatchObject({ status: 404 });
  });
});
