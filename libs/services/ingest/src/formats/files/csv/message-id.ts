import { targetFieldOf, pathOf } from './target-field.ts';

const field = /\{([^{}]*)\}/g;

/** Builds message ids such as `erp-{order_id}`. Undefined if a field is empty: such events would have equal ids. */
export function messageIdBy(template: string): (cellAt: (name: string) => string) => string | undefined {
  return (cellAt) => {
    let isComplete = true;
    const id = template.replaceAll(field, (_, name: string) => {
      const cell = cellAt(pathOf(targetFieldOf(name))).trim();
      isComplete &&= cell !== '';
      return cell;
    });
    return isComplete ? id : undefined;
  };
}

/** The names of the fields in a template. */
export const namesIn = (template: string): readonly string[] => [...template.matchAll(field)].map(([, name]) => name!);
