import { Text } from '@mantine/core';
import { Area, LinePath } from '@visx/shape';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../ui/formats.ts';
import { Chart } from './chart.tsx';
import './pictures.css';

export interface TrendPoint {
  readonly day: string;
  /** Null on days without anybody, as the quartiles. */
  readonly mean: number | null;
  readonly q1: number | null;
  readonly q3: number | null;
}

/** The mean of a score over time, with the middle half of the customers shaded. */
export function TrendChart({ points }: { readonly points: readonly TrendPoint[] }) {
  const { t } = useTranslation('pictures');
  const formats = useFormats();
  const [pointed, setPointed] = useState<number>();
  const shown = points[pointed ?? points.length - 1];
  const score = (value: number | null) => (value === null ? '–' : formats.score(value));
  const data = [...points];
  return (
    <div>
      <Chart
        instants={points.map(({ day }) => Date.parse(day))}
        height={200}
        label={t('trend.title')}
        pointed={pointed}
        onPoint={setPointed}
      >
        {(x, y) => (
          <>
            <Area
              data={data}
              defined={({ q1, q3 }) => q1 !== null && q3 !== null}
              x={({ day }) => x(Date.parse(day))}
              y0={({ q1 }) => y(q1 ?? 0)}
              y1={({ q3 }) => y(q3 ?? 0)}
              fill="var(--picture-band)"
            />
            <LinePath
              data={data}
              defined={({ mean }) => mean !== null}
              x={({ day }) => x(Date.parse(day))}
              y={({ mean }) => y(mean ?? 0)}
              stroke="var(--picture-good)"
              strokeWidth={2.5}
            />
          </>
        )}
      </Chart>
      <Text size="sm" c="dimmed" aria-live="polite">
        {shown &&
          t('trend.point', {
            day: formats.day(shown.day),
            mean: score(shown.mean),
            low: score(shown.q1),
            high: score(shown.q3),
          })}
      </Text>
    </div>
  );
}
