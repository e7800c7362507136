import { EntitySchema } from 'typeorm';

export interface TemplateRow {
  template: string;
  version: number;
  document: object;
  status: 'live' | 'retired';
}

export const templateTable = new EntitySchema<TemplateRow>({
  name: 'template',
  columns: {
    template: { type: 'text', primary: true },
    version: { type: 'int', primary: true },
    document: { type: 'jsonb' },
    status: { type: 'text' },
  },
});
