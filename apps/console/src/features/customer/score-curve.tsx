import type { Element } from '../../pictures/elements.ts';
import { HistoryChart } from '../../pictures/history-chart.tsx';
import { Read } from '../../ui/read.tsx';
import { useHistory } from './customer-queries.ts';

interface ScoreCurveProps {
  readonly customerId: string;
  readonly element: Element;
  readonly days: number;
  readonly base: number | undefined;
  /** Told the instant under the pointer, in milliseconds since 1970. */
  readonly onPoint: (at: number | undefined) => void;
  /** Told the instant that was clicked. */
  readonly onChoose: (at: number) => void;
}

/** Bond and mood of one element over the last days. */
export function ScoreCurve({ customerId, element, days, base, onPoint, onChoose }: ScoreCurveProps) {
  const history = useHistory(customerId, element, days);
  return (
    <div style={{ minHeight: 240 }}>
      <Read query={history}>
        {({ items, activities }) => (
          <HistoryChart
            points={items}
            activities={activities}
            onPoint={onPoint}
            onChoose={onChoose}
            {...(base !== undefined && { base })}
          />
        )}
      </Read>
    </div>
  );
}
