import { Problem } from '@sestante/runtime';
import { isTimeZone } from 'class-validator';
import { groupFields, mostColumns } from '../../formats/files/csv/columns.ts';
import { dayFormat } from '../../formats/files/csv/day-format.ts';
import { namesIn } from '../../formats/files/csv/message-id.ts';
import { collide, isList, isTimestamp, isUsable, type Place, placeNamed } from '../../formats/files/csv/place.ts';
import type { Mapping } from '../../formats/files/mapping.ts';

const longestName = 200;
const longestValue = 1_000;
const visible = /^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u;

/** Throws `Problem` 400 with the place of each fault. */
export function assertSound(mapping: Mapping): void {
  const faults = faultsOf(mapping);
  if (faults.length > 0) throw new Problem(400, 'mapping-invalid', `${faults.join('; ')}.`);
}

export function faultsOf(mapping: Mapping): readonly string[] {
  return [
    ...columnFaults(mapping),
    ...valueFaults(mapping),
    ...sameFaults(mapping),
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
  if (entries.length > mostColumns) return [`columns must be ${mostColumns} at most`];
  return entries.flatMap(([name, field]) => {
    if (isTooLong(name) || !visible.test(name))
      return [`${at('columns', name)} must be the name of a column, of 1 to ${longestName} characters`];
    if (field === null) return [];
    if (typeof field !== 'string' || isTooLong(field) || !isUsable(placeNamed(field)))
      return [
        `${at('columns', name)} must be a field such as userId, properties.total or properties.products[].sku, or null`,
      ];
    return [];
  });
}

function valueFaults({ values }: Mapping): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const place = placeNamed(name);
    if (isTooLong(name) || !isUsable(place) || place.some(isList))
      return [`${at('values', name)} must be a field such as event or context.channel, and no list`];
    const isText = typeof value === 'string' && value !== '' && value.length <= longestValue;
    if (isText || typeof value === 'number' || typeof value === 'boolean') return [];
    return [`${at('values', name)} must be a text of 1 to ${longestValue} characters, a number, or true or false`];
  });
}

/** Two columns, or a column and a fixed value, that mean the same place. A day and a time of the day make one timestamp. */
function sameFaults({ columns, values }: Mapping): string[] {
  const placed: Placed[] = [];
  for (const [name, field] of Object.entries(columns))
    if (typeof field === 'string') placed.push({ where: at('columns', name), place: placeNamed(field) });
  for (const name of Object.keys(values)) placed.push({ where: at('values', name), place: placeNamed(name) });
  return placed.flatMap(({ where, place }, index) => {
    const isOfColumns = (one: Placed) => one.where.startsWith('columns') && where.startsWith('columns');
    const other = placed
      .slice(0, index)
      .find((one) => collide(one.place, place) && !(isTimestamp(place) && isOfColumns(one)));
    return other ? [`${other.where} and ${where} mean the same`] : [];
  });
}

interface Placed {
  readonly where: string;
  readonly place: Place;
}

function messageIdFaults(mapping: Mapping): string[] {
  const { messageId } = mapping;
  if (messageId === null) return [];
  const names = namesIn(messageId);
  if (names.length === 0 || isTooLong(messageId))
    return [`messageId must have a field in braces, such as erp-{order_id}, and ${longestName} characters at most`];
  const isColumn = Object.values(mapping.columns).some((field) => field === 'messageId' || field === 'message_id');
  return [
    ...(isColumn || Object.hasOwn(mapping.values, 'messageId') ? ['messageId is a column or a value already'] : []),
    ...fieldFaults('messageId', names, mapping),
  ];
}

function fieldFaults(where: string, names: readonly string[], { columns, otherColumns }: Mapping): string[] {
  return names.flatMap((name) => {
    const place = placeNamed(name);
    if (!isUsable(place) || place.some(isList)) return [`${where} must name a field such as order_id, and no list`];
    const isMapped = Object.values(columns).some(
      (field) => typeof field === 'string' && collide(placeNamed(field), place),
    );
    return isMapped || otherColumns === 'read' ? [] : [`${where} needs a column that goes to ${name}`];
  });
}

function numberFaults({ decimal, thousands }: Mapping): string[] {
  return decimal !== null && decimal === thousands ? ['decimal and thousands must not be the same'] : [];
}

function dayFaults({ dayFormat: format, timeZone }: Mapping): string[] {
  const read = format === null ? undefined : dayFormat(format);
  const isZone = timeZone === null || isTimeZone(timeZone);
  return [
    ...(typeof read === 'string' ? [`dayFormat ${read}`] : []),
    ...(isZone ? [] : ['timeZone must be the name of a time zone in the IANA database, such as Europe/Rome, or null']),
  ];
}
