import { Text } from '@mantine/core';
import { LinePath } from '@visx/shape';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../ui/formats.ts';
import { Chart } from './chart.tsx';
import './pictures.css';

export interface HistoryPoint {
  readonly at: string;
  readonly bond: number | null;
  readonly mood: number | null;
}

interface HistoryChartProps {
  readonly points: readonly HistoryPoint[];
  /** What moved the score. */
  readonly activities: readonly { readonly activityId: string; readonly name: string; readonly at: string }[];
  /** The score without evidence, in points. */
  readonly base?: number;
  /** Told the instant that is pointed at, in milliseconds since 1970. */
  readonly onPoint?: (at: number | undefined) => void;
  /** Told the instant that was chosen. */
  readonly onChoose?: (at: number) => void;
}

/** Bond and mood of one element over time, with a tick for each activity that moved it. */
export function HistoryChart({ points, activities, base, onPoint, onChoose }: HistoryChartProps) {
  const { t } = useTranslation('pictures');
  const formats = useFormats();
  const [pointed, setPointed] = useState<number>();
  const instants = points.map(({ at }) => Date.parse(at));
  const [from, to] = [instants[0] ?? 0, instants.at(-1) ?? 0];
  const acted = activities.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
  const shown = points[pointed ?? points.length - 1];
  const score = (value: number | null | undefined) => (typeof value === 'number' ? formats.score(value) : '–');
  const point = (index: number | undefined) => {
    setPointed(index);
    onPoint?.(index === undefined ? undefined : instants[index]);
  };
  return (
    <div>
      <Chart
        instants={instants}
        height={220}
        label={t('history.title')}
        pointed={pointed}
        onPoint={point}
        {...(onChoose && { onChoose: (index: number) => onChoose(instants[index]!) })}
      >
        {(x, y) => (
          <>
            {base !== undefined && (
              <line x1={x(from)} x2={x(to)} y1={y(base)} y2={y(base)} stroke="var(--picture-unknown)" />
            )}
            <ScoreLine
              points={points}
              part="mood"
              x={x}
              y={y}
              stroke="currentColor"
              strokeWidth={1.25}
              strokeDasharray="4 2"
            />
            <ScoreLine points={points} part="bond" x={x} y={y} stroke="var(--picture-good)" strokeWidth={2.5} />
            {acted.map(({ activityId, name, at }) => (
              <line
                key={activityId}
                x1={x(Date.parse(at))}
                x2={x(Date.parse(at))}
                y1={y(0)}
                y2={y(6)}
                stroke="currentColor"
                strokeWidth={1.5}
              >
                <title>{`${formats.instant(at)} · ${name}`}</title>
              </line>
            ))}
          </>
        )}
      </Chart>
      <Text size="sm" c="dimmed" aria-live="polite">
        {shown &&
          t('history.then', { at: formats.instant(shown.at), bond: score(shown.bond), mood: score(shown.mood) })}
      </Text>
    </div>
  );
}

interface ScoreLineProps {
  readonly points: readonly HistoryPoint[];
  readonly part: 'bond' | 'mood';
  readonly x: (at: number) => number;
  readonly y: (score: number) => number;
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly strokeDasharray?: string;
}

function ScoreLine({ points, part, x, y, ...drawn }: ScoreLineProps) {
  return (
    <LinePath
      data={[...points]}
      defined={(point) => point[part] !== null}
      x={(point) => x(Date.parse(point.at))}
      y={(point) => y(point[part] ?? 0)}
      {...drawn}
    />
  );
}
