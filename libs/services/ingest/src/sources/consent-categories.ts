import { consentSubjects, isObject } from '@sestante/contracts';
import { ValidateBy } from 'class-validator';

export const categoryLimits = { categories: 100, nameLength: 100 } as const;

const aName = /^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u;
const subjects: ReadonlySet<unknown> = new Set(consentSubjects);

/** Whether it maps names of categories to purposes and channels, each at least to one. */
export function areConsentCategories(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  const isDistinct = new Set(names.map((name) => name.toLowerCase())).size === names.length;
  const isName = (name: string) => name.length <= categoryLimits.nameLength && aName.test(name);
  return (
    names.length <= categoryLimits.categories &&
    isDistinct &&
    names.every(isName) &&
    Object.values(value).every(areSubjects)
  );
}

function areSubjects(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((one) => subjects.has(one)) && new Set(value).size === value.length;
}

/** The body of a request has categories with their meaning. */
export const IsConsentCategories = () =>
  ValidateBy({
    name: 'isConsentCategories',
    validator: {
      validate: areConsentCategories,
      defaultMessage: () =>
        `consentCategories must have at most ${categoryLimits.categories} categories, with names of 1 to ${categoryLimits.nameLength} characters that differ not only in case, ` +
        `each with at least one of ${consentSubjects.join(', ')}`,
    },
  });
