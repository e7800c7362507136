import { useFormats } from './formats.ts';

/** An instant in the zone of the reader; the exact one is shown under the pointer. */
export function Instant({ at }: { readonly at: string }) {
  const formats = useFormats();
  return (
    <time dateTime={at} title={new Date(at).toISOString()}>
      {formats.instant(at)}
    </time>
  );
}
