import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ElementRow } from './element-row.tsx';
import { type Element, elements, type ElementScore } from './elements.ts';
import './pictures.css';

interface SixElementsProps {
  readonly scores: Readonly<Record<Element, ElementScore>>;
  /** The score of each element without evidence, in points. */
  readonly bases?: Readonly<Partial<Record<Element, number>>>;
  readonly selected?: Element;
  readonly onSelect?: (element: Element) => void;
}

/** The six scores of one customer, in rows of one scale from 0 to 100. */
export function SixElements({ scores, bases, selected, onSelect }: SixElementsProps) {
  const { t } = useTranslation('pictures');
  return (
    <div role="group" aria-label={t('scale.title')}>
      {elements.map((element) => (
        <ElementRow
          key={element}
          element={element}
          score={scores[element]}
          selected={selected === element}
          {...(bases?.[element] !== undefined && { base: bases[element] })}
          {...(onSelect && { onSelect: () => onSelect(element) })}
        />
      ))}
      <Text size="xs" c="dimmed" mt="xs">
        {t('scale.legend')}
      </Text>
    </div>
  );
}
