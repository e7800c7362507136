import { describe, expect, it } from '@jest/globals';
import { unreadTemplates } from '../src/unread-templates.ts';

const entry = (template: string, version: number, title = 'A title') => ({ template, version, document: { title } });

describe('the templates of a file that have no effect', () => {
  it('are those that are not stored, and those that are stored with another document', () => {
    const ofFile = [entry('thanks', 1), entry('thanks', 2), entry('call', 1), entry('gift', 1, 'Another title')];
    const stored = [entry('thanks', 1), entry('gift', 1), entry('old', 1)];
    expect(unreadTemplates(ofFile, stored)).toEqual({ missing: ['thanks/2', 'call/1'], changed: ['gift/1'] });
  });

  it('are none if all are stored, whatever the order of their fields', () => {
    const ofFile = [{ ...entry('thanks', 1), document: { a: 1, b: 2 } }];
    const stored = [{ ...entry('thanks', 1), document: { b: 2, a: 1 } }];
    expect(unreadTemplates(ofFile, stored)).toEqual({ missing: [], changed: [] });
  });
});
