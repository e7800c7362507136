import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../ui/formats.ts';
import './pictures.css';

interface HistogramProps {
  /** Customers per equal part of 0 to 100. Customers with too little evidence are not in it. */
  readonly counts: readonly number[];
  /** Lower quartile, median, upper quartile, in points; null if nobody is counted. */
  readonly quartiles: readonly [number, number, number] | null;
  readonly tooLittle: number;
}

/** How the scores of all customers are spread: the middle half is shaded, and too little evidence stands beside. */
export function Histogram({ counts, quartiles, tooLittle }: HistogramProps) {
  const { t } = useTranslation('pictures');
  const formats = useFormats();
  const most = Math.max(1, tooLittle, ...counts);
  const height = (count: number) => (count === 0 ? 0 : `max(1px, ${(100 * count) / most}%)`);
  const width = 100 / counts.length;
  const half = quartiles && { low: formats.score(quartiles[0]), high: formats.score(quartiles[2]) };
  return (
    <figure style={{ margin: 0 }}>
      <div className="histogram" role="img" aria-label={half ? t('histogram.half', half) : t('histogram.nobody')}>
        <div style={{ flex: 1 }}>
          <div className="histogram-scores">
            {quartiles && (
              <div
                className="histogram-half"
                style={{ left: `${quartiles[0]}%`, width: `${quartiles[2] - quartiles[0]}%` }}
              />
            )}
            {counts.map((count, index) => (
              <div
                key={index}
                className="histogram-bar"
                data-outer={isOuter(index * width, width, quartiles) || undefined}
                style={{ height: height(count) }}
                title={`${index * width}–${(index + 1) * width}: ${formats.count(count)}`}
              />
            ))}
            {quartiles && <div className="histogram-median" style={{ left: `${quartiles[1]}%` }} />}
          </div>
          <div className="histogram-axis">
            {[0, 25, 50, 75, 100].map((tick) => (
              <span key={tick} style={{ left: `${tick}%` }}>
                {tick}
              </span>
            ))}
          </div>
        </div>
        <div style={{ width: '5.5rem' }}>
          <div className="histogram-scores" style={{ justifyContent: 'center' }}>
            <div className="histogram-unknown" style={{ height: height(tooLittle) }} />
          </div>
          <div className="histogram-axis" style={{ textAlign: 'center' }}>
            {formats.count(tooLittle)}
          </div>
        </div>
      </div>
      <Text component="figcaption" size="sm" c="dimmed">
        {half ? t('histogram.half', half) : t('histogram.nobody')}{' '}
        {t('histogram.too-little', { number: formats.count(tooLittle) })}
      </Text>
    </figure>
  );
}

/** Whether most of a bar is outside of the middle half. */
function isOuter(from: number, width: number, quartiles: HistogramProps['quartiles']): boolean {
  if (quartiles === null) return false;
  const middle = from + width / 2;
  return middle < quartiles[0] - width / 2 || middle > quartiles[2] + width / 2;
}
