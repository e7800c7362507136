import { AxisBottom, AxisLeft } from '@visx/axis';
import { useParentSize } from '@visx/responsive';
import { scaleLinear, scaleTime } from '@visx/scale';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useFormats } from '../ui/formats.ts';

export type Scale = (value: number) => number;

interface ChartProps {
  /** Instants in milliseconds since 1970, in their order. */
  readonly instants: readonly number[];
  readonly height: number;
  readonly label: string;
  /** The index of the instant that is pointed at. */
  readonly pointed: number | undefined;
  readonly onPoint: (index: number | undefined) => void;
  readonly onChoose?: (index: number) => void;
  /** Draws within the axes. `x` takes instants, `y` points of a score; both give pixels. */
  readonly children: (x: Scale, y: Scale) => ReactNode;
}

const margin = { top: 8, right: 12, bottom: 28, left: 34 };
const ticks = [0, 25, 50, 75, 100];
const font = { fontSize: 12, fill: 'currentColor', fontFamily: 'inherit' };
/** The width in pixels that a date needs. */
const dateWidth = 110;

/** Scores from 0 to 100 over time. An instant is pointed at with the pointer, or with the arrow keys. */
export function Chart({ instants, height, label, pointed, onPoint, onChoose, children }: ChartProps) {
  const formats = useFormats();
  const { parentRef, width } = useParentSize({ initialSize: { width: 0, height }, debounceTime: 0 });
  const [from = 0, to = 1] = [instants[0], instants.at(-1)];
  const inner = Math.max(0, width - margin.left - margin.right);
  const x = scaleTime({ domain: [from, to], range: [0, inner] });
  const y = scaleLinear<number>({ domain: [0, 100], range: [height - margin.top - margin.bottom, 0] });
  const nearest = (event: PointerEvent<SVGElement>) => {
    const at =
      from + ((event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left) / inner) * (to - from);
    return nearestIndex(instants, at);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step !== undefined) onPoint(Math.min(Math.max((pointed ?? instants.length) + step, 0), instants.length - 1));
    if (key === 'Enter' && pointed !== undefined) onChoose?.(pointed);
    if (key === 'Escape') onPoint(undefined);
  };
  return (
    <div ref={parentRef} style={{ height, minWidth: 0 }}>
      <svg
        width={width}
        height={height}
        style={{ display: 'block', cursor: onChoose ? 'pointer' : undefined }}
        role="application"
        aria-label={label}
        tabIndex={0}
        onPointerMove={(event) => onPoint(nearest(event))}
        onPointerLeave={() => onPoint(undefined)}
        onClick={() => pointed !== undefined && onChoose?.(pointed)}
        onKeyDown={onKeyDown}
      >
        <g transform={`translate(${margin.left},${margin.top})`}>
          {ticks.map((tick) => (
            <line key={tick} x1={0} x2={inner} y1={y(tick)} y2={y(tick)} stroke="var(--picture-track)" />
          ))}
          <AxisLeft
            scale={y}
            tickValues={ticks}
            hideAxisLine
            hideTicks
            tickLabelProps={{ ...font, textAnchor: 'end', dx: 4, dy: 4 }}
          />
          <AxisBottom
            scale={x}
            top={y(0)}
            tickValues={datesBetween(from, to, Math.floor(inner / dateWidth))}
            tickFormat={(at) => formats.day(at as Date)}
            stroke="var(--picture-unknown)"
            tickStroke="var(--picture-unknown)"
            tickLabelProps={{ ...font, textAnchor: 'middle' }}
          />
          {children(
            (at) => x(at),
            (score) => y(score),
          )}
          {pointed !== undefined && instants[pointed] !== undefined && (
            <line
              x1={x(instants[pointed])}
              x2={x(instants[pointed])}
              y1={0}
              y2={y(0)}
              stroke="var(--picture-unknown)"
              strokeDasharray="2 2"
            />
          )}
        </g>
      </svg>
    </div>
  );
}

/** The middles of `count` equal parts: dates that do not touch each other or the ends. */
function datesBetween(from: number, to: number, count: number): Date[] {
  return Array.from({ length: count }, (_, index) => new Date(from + ((index + 0.5) / count) * (to - from)));
}

function nearestIndex(instants: readonly number[], at: number): number {
  let found = 0;
  for (const [index, instant] of instants.entries())
    if (Math.abs(instant - at) < Math.abs(instants[found]! - at)) found = index;
  return found;
}
