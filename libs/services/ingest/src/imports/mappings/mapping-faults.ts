import { Problem } from '@sestante/runtime';
import { isTimeZone } from 'class-validator';
import { groupFields, mostColumns } from '../../formats/files/csv/columns.ts';
import { dayFormat } from '../../formats/files/csv/day-format.ts';
import { namesIn } from '../../formats/files/csv/message-id.ts';
import {
  collide,
  isList,
  isTimestamp,
  isUsable,
  type TargetField,
  targetFieldOf,
} from '../../formats/files/csv/target-field.ts';
import type { Mapping } from '../../formats/files/mapping.ts';

const longestName = 200;
const longestValue = 1_000;
const visible = /^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u;

/** Throws `Problem` 400 with the path of each fault. */
export function assertSound(mapping: Mapping): void {
  const faults = faultsOf(mapping);
  if (faults.length > 0) throw new Problem(400, 'mapping-invalid', `${faults.join('; ')}.`);
}

export function faultsOf(mapping: Mapping): readonly string[] {
  return [
    ...columnFaults(mapping),
    ...valueFaults(mapping),
    ...duplicateFaults(mapping),
    ...fieldFaults('groupBy', mapping.groupBy === null ? [] : groupFields(mapping.groupBy), mapping),
    ...messageIdFaults(mapping),
    ...numberFaults(mapping),
    ...dayFaults(mapping),
  ];
}

const at = (part: 'columns' | 'values', name: string) => `${part}[${JSON.stringify(name.slice(0, longestName))}]`;
const isTooLong = (name: string) => name.length > longestName;

function columnFaults({ columns }: Mapping): string[] {
  const entries = Object.entries(columns);
  if (entries.length > mostColumns) return [`columns must have at most ${mostColumns} entries`];
  return entries.flatMap(([name, field]) => {
    if (isTooLong(name) || !visible.test(name))
      return [`${at('columns', name)} must be the name of a column with 1 to ${longestName} characters`];
    if (field === null) return [];
    if (typeof field !== 'string' || isTooLong(field) || !isUsable(targetFieldOf(field)))
      return [
        `${at('columns', name)} must be a field such as userId, properties.total or properties.products[].sku, or null`,
      ];
    return [];
  });
}

function valueFaults({ values }: Mapping): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const target = targetFieldOf(name);
    if (isTooLong(name) || !isUsable(target) || target.some(isList))
      return [`${at('values', name)} must be a field such as event or context.channel, not a list`];
    const isText = typeof value === 'string' && value !== '' && value.length <= longestValue;
    if (isText || typeof value === 'number' || typeof value === 'boolean') return [];
    return [`${at('values', name)} must be a text of 1 to ${longestValue} characters, a number, true or false`];
  });
}

/** Finds two columns, or a column and a fixed value, with the same target field. A date column and a time column may both be the timestamp. */
function duplicateFaults({ columns, values }: Mapping): string[] {
  const mapped: MappedField[] = [];
  for (const [name, field] of Object.entries(columns))
    if (typeof field === 'string') mapped.push({ path: at('columns', name), target: targetFieldOf(field) });
  for (const name of Object.keys(values)) mapped.push({ path: at('values', name), target: targetFieldOf(name) });
  return mapped.flatMap(({ path, target }, index) => {
    const isOfColumns = (one: MappedField) => one.path.startsWith('columns') && path.startsWith('columns');
    const other = mapped
      .slice(0, index)
      .find((one) => collide(one.target, target) && !(isTimestamp(target) && isOfColumns(one)));
    return other ? [`${other.path} and ${path} have the same target field`] : [];
  });
}

interface MappedField {
  readonly path: string;
  readonly target: TargetField;
}

function messageIdFaults(mapping: Mapping): string[] {
  const { messageId } = mapping;
  if (messageId === null) return [];
  const names = namesIn(messageId);
  if (names.length === 0 || isTooLong(messageId))
    return [
      `messageId must contain a field in braces, such as erp-{order_id}, and have at most ${longestName} characters`,
    ];
  const isColumn = Object.values(mapping.columns).some((field) => field === 'messageId' || field === 'message_id');
  return [
    ...(isColumn || Object.hasOwn(mapping.values, 'messageId')
      ? ['messageId must not be set, because columns or values contain messageId']
      : []),
    ...fieldFaults('messageId', names, mapping),
  ];
}

function fieldFaults(path: string, names: readonly string[], { columns, otherColumns }: Mapping): string[] {
  return names.flatMap((name) => {
    const target = targetFieldOf(name);
    if (!isUsable(target) || target.some(isList)) return [`${path} must contain a field such as order_id, not a list`];
    const isMapped = Object.values(columns).some(
      (field) => typeof field === 'string' && collide(targetFieldOf(field), target),
    );
    return isMapped || otherColumns === 'read' ? [] : [`${path} needs a column with the target field ${name}`];
  });
}

function numberFaults({ decimal, thousands }: Mapping): string[] {
  return decimal !== null && decimal === thousands ? ['decimal and thousands must differ'] : [];
}

function dayFaults({ dayFormat: format, timeZone }: Mapping): string[] {
  const read = format === null ? undefined : dayFormat(format);
  const isZone = timeZone === null || isTimeZone(timeZone);
  return [
    ...(typeof read === 'string' ? [`dayFormat ${read}`] : []),
    ...(isZone ? [] : ['timeZone must be the name of a time zone in the IANA database, such as Europe/Rome, or null']),
  ];
}
