import { Group, Text } from '@mantine/core';
import { scaleLinear } from '@visx/scale';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import type { ScoreDifference } from './model-queries.ts';

interface ChangeRangeProps {
  readonly change: NonNullable<ScoreDifference['change']>;
  /** The end of the common axis, in points to both sides of zero. */
  readonly furthest: number;
}

const [width, height] = [180, 20];

/** The middle nine of ten changes as a line, the median as a point, and zero as a hairline: on one axis for all rows. */
export function ChangeRange({ change: { p5, p50, p95 }, furthest }: ChangeRangeProps) {
  const { t } = useTranslation('models');
  const formats = useFormats();
  const x = scaleLinear<number>({ domain: [-furthest, furthest], range: [6, width - 6] });
  const words = t('range', { low: formats.change(p5), middle: formats.change(p50), high: formats.change(p95) });
  return (
    <Group gap="sm" wrap="nowrap">
      <svg width={width} height={height} role="img" aria-label={words} style={{ flexShrink: 0 }}>
        <line x1={x(0)} x2={x(0)} y1={0} y2={height} stroke="var(--mantine-color-dimmed)" strokeWidth={1} />
        <line
          x1={x(p5)}
          x2={x(p95)}
          y1={height / 2}
          y2={height / 2}
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={4}
          strokeLinecap="round"
          opacity={0.5}
        />
        <circle cx={x(p50)} cy={height / 2} r={5} fill="var(--mantine-primary-color-filled)" />
      </svg>
      <Text size="xs" c="dimmed" aria-hidden>
        {words}
      </Text>
    </Group>
  );
}
