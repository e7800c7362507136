import type { ObservedPurchases } from '../src/index.ts';

/**
 * The 2,357 customers of CDNOW who first bought there in the first quarter of 1997 (a tenth of them), until the end of September: the public sample with which the literature compares models of
 * repeat buying. A line has the days from the first purchase on, and the numbers of repeated purchases, each with the number of such customers.
 */
const sample = `
189: 0x13 1x8 2x5 4 5x2 7
190: 0x20 1x8 2x3 5 7
191: 0x16 1x4 2x2 6x2
192: 0x17 1x5 2 4
193: 0x12 1x3 2x2 3 6
194: 0x15 1x2 2 3x2 9
195: 0x18 1x5 2x5
196: 0x19 1x4 2x4 3 5 7 8
197: 0x17 1x4 2x3 3x2 5 6
198: 0x20 1x9 2x2 3x2 4
199: 0x15 1x5 2x2 3x3
200: 0x18 1x7 2x3 3x2 4x2
201: 0x20 1x5 2 3 7
202: 0x18 1x3 2x4 17
203: 0x19 1x5 2x3 3 6 11
204: 0x17 1x7 2x5 4
205: 0x18 1x5 2x3 3x3 15 21
206: 0x19 1x7 2 7
207: 0x16 1x12 5
208: 0x20 1x3 2 3 4x2 5 9
209: 0x19 1x5 2x7 3x5 4 5 6 7
210: 0x22 1 2x3 3x3 4x3
211: 0x18 1x6 2x3 3 5 9
212: 0x17 1x7 2x3 3x3 5
213: 0x16 1x4 2x3 3 4x2
214: 0x17 1x7 2x2 3 4 5x2
215: 0x20 1x9 2x2 3 4 9
216: 0x20 1x8 2 3x3 4 6 8 14
217: 0x20 1x5 2x3 4 6 26
218: 0x21 1x6 2x6 3x2 4 5
219: 0x16 1x2 2x2 3 4x2 5
220: 0x17 1x6 2x6 3 6x2
221: 0x14 1x6 2 3 4 5 14
222: 0x16 1x3 2x2 4x2 5 9
223: 0x18 1x6 2x2 3x3 4
224: 0x21 1x7 2x4 3x2
225: 0x16 1x9 2x4 3x3 4x3 6
226: 0x19 1x6 2x2 3x4 6 8x2 11
227: 0x19 1x2 3
228: 0x11 1x6 2x3 3 4 6x2 7
229: 0x17 1x3 2 3x2 4x2
230: 0x17 1x5 3 5 12
231: 0x17 1x6 2x4 3x2 4 5 6 7
232: 0x21 1x3 2x4 3x2 4 7 11
233: 0x18 1x5 2 3x3 4 5
234: 0x23 1x2 2x2 3 4 5 12
235: 0x16 1x5 2x3 4 6
236: 0x24 1x8 2x4 4x2 5 6x2 7x2
237: 0x17 1x6 2 4
238: 0x21 1x10 2x2 4 5 7
239: 0x22 1x7 2x5 7 19
240: 0x16 1x9 2x2 3 7 13
241: 0x20 1x2 2x4 6x2 7
242: 0x14 1x4 2 3 4 5
243: 0x19 1x5 2x2 3x3 10
244: 0x18 1x5 2x3 3x2 4 5x2 6 7
245: 0x15 1x8 2x2 3 5 6x2 8 13
246: 0x19 1x5 2x2 3 4 5
247: 0x17 1x6 2x2 3
248: 0x16 1x3 2x5 3 4 7
249: 0x16 1x4 2x3 5x2 12
250: 0x16 1x6 2x4 3x2 10
251: 0x14 1x4 2x4 5 6 18
252: 0x14 1x4 2 3x2 4x2 6 11
253: 0x16 1x9 2x4 4x3 6 7x2
254: 0x20 1x3 2x4 3 4
255: 0x14 1x7 2x4 3 8
256: 0x14 1x5 3 4 11
257: 0x14 1x3 2x4 4
258: 0x15 1x2 2 3 5x2 25
259: 0x13 1x7 2x2 3x2 4
260: 0x15 1x6 2 3x4 5 13
261: 0x12 1x8 2x4 5x2
262: 0x17 1x4 2x2 3 4
263: 0x10 1x2 2x4 4 7
264: 0x15 1x2 2 3x2 4 6x2 8
265: 0x13 1x2 3 10 13
266: 0x12 1x6 2x5 3 4x4 5 7 13 29
267: 0x16 1x8 5
268: 0x14 1x3 2 3 4 6 7 10
269: 0x13 1x4 2 3 4
270: 0x12 1x3 2 12
271: 0x15 1x5 2 3
272: 0x10 1x3 2x2 5 7 10
`;

export const cdnowCustomers: readonly ObservedPurchases[] = sample
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [days, counts = ''] = line.split(': ');
    return counts.split(' ').flatMap((count) => {
      const [repeats, customers = 1] = count.split('x').map(Number);
      return Array.from({ length: customers }, () => ({ purchases: Number(repeats) + 1, days: Number(days) }));
    });
  });
