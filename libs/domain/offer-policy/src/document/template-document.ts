import { documentOf } from '@sestante/rules';
import type { Template, TemplateDocument } from '../template.ts';

/** The document of a template. `validateTemplate` reads the same template from it. */
export function templateDocument({ audience, ...template }: Template): TemplateDocument {
  return { ...template, ...(audience && { audience: documentOf(audience) }) };
}
