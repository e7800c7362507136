import { channels } from './channels.ts';
import type { Catalogue } from './field.ts';

const property = /^activity\.properties\.([^.\0]{1,100}(?:\.[^.\0]{1,100}){0,4})$/;

/** The fields of one activity: `activity.name`, `activity.channel`, and `activity.properties.<path>`, a path of 1 to 5 names joined by dots. */
export const activityCatalogue: Catalogue = (name) => {
  if (name === 'activity.name') return { name, type: 'text' };
  if (name === 'activity.channel') return { name, type: 'text', choices: channels };
  const path = property.exec(name)?.[1];
  return path?.isWellFormed() ? { name, type: 'any', property: path.split('.') } : undefined;
};
