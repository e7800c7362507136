import { useTranslation } from 'react-i18next';
import { useFormats } from '../ui/formats.ts';
import { type Element, type ElementScore, fallingFrom, leastConfidence } from './elements.ts';
import { useNames } from './use-names.ts';

interface ElementRowProps {
  readonly element: Element;
  readonly score: ElementScore;
  /** The score without evidence, in points. Drawn as a hairline. */
  readonly base?: number;
  readonly selected?: boolean;
  readonly onSelect?: () => void;
}

/** One element of a customer: the bond as a bar, the mood as a dot on the same scale. The bar is as solid as the confidence. */
export function ElementRow({ element, score, base, selected, onSelect }: ElementRowProps) {
  const names = useNames();
  const content = (
    <>
      <span className="element-row-name">{names.element(element)}</span>
      <ScoreScale score={score} {...(base !== undefined && { base })} />
      <BondNumber score={score} />
      <MoodNote score={score} />
    </>
  );
  if (onSelect === undefined) return <div className="element-row">{content}</div>;
  return (
    <button
      type="button"
      className="element-row mantine-focus-auto"
      aria-pressed={selected ?? false}
      onClick={onSelect}
    >
      {content}
    </button>
  );
}

function ScoreScale({ score, base }: { readonly score: ElementScore; readonly base?: number }) {
  const { bond, mood, confidence } = score;
  const isHatched = confidence < leastConfidence;
  return (
    <span className="scale" aria-hidden>
      {bond !== null && (
        <span
          className="scale-bond"
          data-hatched={isHatched || undefined}
          style={{ width: `${bond}%`, opacity: isHatched ? 1 : 0.35 + 0.65 * confidence }}
        />
      )}
      {base !== undefined && <span className="scale-base" style={{ left: `${base}%` }} />}
      {mood !== null && (
        <span className="scale-mood" data-falling={isFalling(score) || undefined} style={{ left: `${mood}%` }} />
      )}
    </span>
  );
}

function BondNumber({ score: { bond, confidence } }: { readonly score: ElementScore }) {
  const { t } = useTranslation('pictures');
  const formats = useFormats();
  const dimmed = bond === null || confidence < leastConfidence;
  return (
    <span
      className="element-row-bond"
      title={t('scale.confidence', { share: formats.share(confidence) })}
      style={dimmed ? { color: 'var(--mantine-color-dimmed)' } : undefined}
    >
      {bond === null ? '–' : formats.score(bond)}
    </span>
  );
}

function MoodNote({ score }: { readonly score: ElementScore }) {
  const { t } = useTranslation('pictures');
  const formats = useFormats();
  const { mood, drop, confidence } = score;
  if (mood === null || confidence < leastConfidence)
    return (
      <span className="element-row-note" style={{ color: 'var(--mantine-color-dimmed)' }}>
        {t('scale.too-little')}
      </span>
    );
  return (
    <span className="element-row-note" style={isFalling(score) ? { color: 'var(--picture-bad)' } : undefined}>
      {isFalling(score)
        ? t('scale.fell', { change: formats.change(-drop!) })
        : t('scale.mood', { mood: formats.score(mood) })}
    </span>
  );
}

function isFalling({ drop, confidence }: ElementScore): boolean {
  return drop !== null && drop >= fallingFrom && confidence >= leastConfidence;
}
