import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { anActivity, mail, minutesAfterNoon, user } from '../builders.ts';
import { type Service, startProfile } from '../service.ts';
import { aPart, exportsOf } from './export-driver.ts';

const markup = '<script>alert("1")</script><img src=x onerror=alert(2)>';
const activities = 450;

let service: Service;
const { request, send, untilOwn, tokenOf } = exportsOf(() => service);
let token: string;
let exportId: string;
let path: string;
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    anActivity({
      identifiers: [user('ada'), mail('ada@example.org')],
      name: 'preferences.updated',
      properties: { offers: 'granted' },
      traits: { name: markup, city: 'London' },
    }),
    ...Array.from({ length: activities - 1 }, (_, index) =>
      anActivity({ timestamp: minutesAfterNoon(index + 1), properties: { sku: `s-${index}`, note: markup } }),
    ),
  );
  const ada = await service.idOf('user_id', 'ada');
  token = await tokenOf(ada);
  const clerk = await service.keyOf('clerk');
  for (const [audience, text] of [
    ['customer', `wants to be called ${markup}`],
    ['clerk', 'a colleague knows her'],
  ])
    await service.post(`/api/v1/customers/${ada}/notes`, { kind: 'note', audience, text }, clerk);
  exportId = await request(ada, token);
  path = `/api/v1/exports/${exportId}/file`;
  await untilOwn(exportId, token);
  const scores = { model: 'retail-1', overall: 61, elements: { trust: { bond: 61.2, mood: null, confidence: 0.4 } } };
  const reason = { element: 'trust', scale: 'bond', because: 'promise.kept', contribution: 11.2 };
  const attempt = { exportId, service: 'scoring', attemptId: aPart().attemptId } as const;
  await send(
    aPart({ ...attempt, file: 'scores', items: [scores], isLast: false }),
    aPart({ ...attempt, file: 'reasons', items: [reason], part: 1 }),
    aPart({ exportId, items: [{ title: markup, reason: 'late', terms: '', code: 'K7M2', status: 'seen' }] }),
    aPart({
      exportId,
      service: 'ingest',
      file: 'rejected',
      items: [{ source: 'till', reason: 'no id', event: markup }],
    }),
  );
});
afterAll(() => service.dispose());

const download = async (format: string) => {
  const response = await fetch(`${service.url}${path}?format=${format}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return response;
};

describe('the JSON document', () => {
  it('has everything that every service has sent, and as of when', async () => {
    const { body } = await service.get(`${path}?format=json`, token);
    expect(body.about).toMatchObject({
      exportId,
      files: expect.arrayContaining([expect.objectContaining({ name: 'timeline' })]),
    });
    for (const { asOf } of body.about.files) expect(Date.parse(asOf)).not.toBeNaN();
    expect(body.profile).toMatchObject({
      traits: { city: { value: 'London', setAt: minutesAfterNoon(0) } },
      members: [{ identifiers: [user('ada')] }, { identifiers: [mail('ada@example.org')] }],
    });
    expect(body.consents).toMatchObject([{ subject: 'offers', value: 'granted', saidAt: minutesAfterNoon(0) }]);
    expect(body.scores).toMatchObject({ overall: 61 });
    expect(body.offers).toMatchObject([{ code: 'K7M2' }]);
    expect(body.rejected).toMatchObject([{ source: 'till' }]);
    expect(body.links).toMatchObject([{ rule: 'same-activity' }]);
  });

  it('has all activities, newest first, over several pages', async () => {
    const { body } = await service.get(`${path}?format=json`, token);
    const instants = (body.timeline as { timestamp: string }[]).map(({ timestamp }) => timestamp);
    expect(instants).toHaveLength(activities);
    expect(instants).toEqual(instants.toSorted().reverse());
  });

  it('has all notes, also those that clerks wrote for each other, without who it was', async () => {
    const { body } = await service.get(`${path}?format=json`, token);
    expect(body.notes).toMatchObject([
      { text: 'a colleague knows her', audience: 'clerk', writtenBy: 'us' },
      { audience: 'customer', writtenBy: 'us' },
    ]);
    expect(JSON.stringify(body.notes)).not.toContain('keyId');
  });
});

describe('the ZIP archive', () => {
  it('has a page, and a file in JSON for each part of the document', async () => {
    const response = await download('zip');
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="my-data.zip"');
    const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(await response.arrayBuffer())));
    const entries = await reader.getEntries();
    const { about, ...document } = (await service.get(`${path}?format=json`, token)).body;
    const names = Object.keys(document).map((name) => `${name}.json`);
    expect(entries.map(({ filename }) => filename)).toEqual(['index.html', 'about.json', ...names]);
    for (const entry of entries) {
      if (entry.directory) throw new Error('There is a folder in it.');
      const text = await entry.getData(new TextWriter());
      const name = entry.filename.replace('.json', '');
      if (name === 'index.html') expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
      else expect(JSON.parse(text)).toEqual(name === 'about' ? about : document[name]);
    }
  });

  it('is what the path gives without a format', async () => {
    const response = await fetch(service.url + path, { headers: { authorization: `Bearer ${token}` } });
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });
});

describe('the page', () => {
  let page: string;
  beforeAll(async () => {
    const response = await download('html');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    page = await response.text();
  });

  it('says in words what is stored', () => {
    for (const text of [
      'What we know about you',
      'ada@example.org',
      'London',
      'granted',
      'a colleague knows her',
      'Promise Kept',
      '+11.2',
      'K7M2',
      'Product Viewed',
      '20 November 2026 at 12:00 UTC',
    ])
      expect(page).toContain(text);
  });

  it('has no markup of what people or systems wrote, no script, and loads nothing', () => {
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<img|<iframe|<link|<a\b|src=x>|javascript:/i);
    expect(page).not.toMatch(/<[a-z]+[^>]*\son\w+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('has a row for each activity', () => {
    expect(page.match(/<td>Product Viewed<\/td>/g)).toHaveLength(activities - 1);
  });
});
