import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Element, elements } from '../../pictures/elements.ts';
import { useFormats } from '../../ui/formats.ts';
import { type Movers, quartilesOf, type Summary } from './overview-queries.ts';
import '../../pictures/pictures.css';
import { useNames } from '../../pictures/use-names.ts';

interface PopulationRowsProps {
  readonly summary: Summary;
  readonly movers: readonly Movers[];
  readonly days: number;
  readonly selected: Element;
  readonly onSelect: (element: Element) => void;
}

/** The six elements over all customers: the mean as a bar, the middle half of the customers as a line in it, and how the mean has moved. */
export function PopulationRows({ summary, movers, days, selected, onSelect }: PopulationRowsProps) {
  const { t } = useTranslation('overview');
  const names = useNames();
  const formats = useFormats();
  return (
    <div role="group" aria-label={t('elements')}>
      {elements.map((element) => {
        const { mean } = summary.elements[element];
        const quartiles = quartilesOf(summary.elements[element]);
        const change = movers.find((one) => one.element === element)?.mean?.change ?? null;
        return (
          <button
            key={element}
            type="button"
            className="element-row mantine-focus-auto"
            aria-pressed={selected === element}
            onClick={() => onSelect(element)}
          >
            <span className="element-row-name">{names.element(element)}</span>
            <span className="scale" aria-hidden>
              {mean !== null && <span className="scale-bond" style={{ width: `${mean}%` }} />}
              {quartiles && (
                <span
                  className="scale-band"
                  style={{ left: `${quartiles[0]}%`, width: `${quartiles[2] - quartiles[0]}%` }}
                />
              )}
            </span>
            <span className="element-row-bond">{mean === null ? '–' : formats.score(mean)}</span>
            <span className="element-row-note">
              {change !== null && (
                <Change change={change} text={t('change', { change: formats.change(change), number: days })} />
              )}
            </span>
          </button>
        );
      })}
      <Text size="xs" c="dimmed" mt="xs">
        {t('legend')}
      </Text>
    </div>
  );
}

/** Below this change of a mean, in points, nothing has happened that one should look at. */
const noticeable = 0.5;

function Change({ change, text }: { readonly change: number; readonly text: string }) {
  if (Math.abs(change) < noticeable) return <span style={{ color: 'var(--mantine-color-dimmed)' }}>{text}</span>;
  return (
    <span style={{ color: change < 0 ? 'var(--picture-bad)' : 'var(--picture-good)', fontWeight: 600 }}>
      {change < 0 ? '▼' : '▲'} {text}
    </span>
  );
}
