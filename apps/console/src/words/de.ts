import { byPage } from './by-page.ts';

export const words = byPage(import.meta.glob<object>('./de/*.json', { eager: true, import: 'default' }));
