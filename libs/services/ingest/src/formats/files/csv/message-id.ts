import { placeNamed, spelt } from './place.ts';

const field = /\{([^{}]*)\}/g;

/** Makes message ids such as `erp-{order_id}`. Undefined where one of the fields says nothing: all such events would be one. */
export function messageIdBy(template: string): (cellAt: (name: string) => string) => string | undefined {
  return (cellAt) => {
    let isWhole = true;
    const id = template.replaceAll(field, (_, name: string) => {
      const cell = cellAt(spelt(placeNamed(name))).trim();
      isWhole &&= cell !== '';
      return cell;
    });
    return isWhole ? id : undefined;
  };
}

/** The names of the fields in a template. */
export const namesIn = (template: string): readonly string[] => [...template.matchAll(field)].map(([, name]) => name!);
