import { Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../ui/formats.ts';
import { inLanguage } from './elements.ts';
import {
  type ContributionGroup,
  singlesOf,
  type SingleContribution,
  waterfallRows,
  type WaterfallStep,
} from './waterfall-rows.ts';
import './pictures.css';
import { useNames } from './use-names.ts';

interface WaterfallProps {
  /** In points, as all numbers here. */
  readonly base: number;
  readonly score: number;
  readonly groups: readonly ContributionGroup[];
  readonly contributions: readonly SingleContribution[];
}

/** The groups that have a row of their own. */
const mostGroups = 8;
/** The single activities that a group shows when it is open. */
const mostSingles = 20;

/** How a score came about: from the base, by groups of activities, to the score. A group opens to its single activities. */
export function Waterfall({ base, score, groups, contributions }: WaterfallProps) {
  const { t } = useTranslation('pictures');
  const formats = useFormats();
  const [open, setOpen] = useState<string>();
  const { steps, rest, range } = waterfallRows(base, score, groups, mostGroups);
  return (
    <div role="list" aria-label={t('waterfall.title')}>
      <Row label={t('waterfall.base')} number={formats.score(base)} bar={<Bar range={range} from={0} to={base} />} />
      {steps.map((step) => {
        const key = `${step.name} ${step.because?.en ?? ''}`;
        return (
          <StepRows
            key={key}
            step={step}
            range={range}
            contributions={contributions}
            isOpen={open === key}
            onToggle={() => setOpen(open === key ? undefined : key)}
          />
        );
      })}
      {rest && (
        <Row
          label={t('waterfall.rest', { number: formats.count(rest.count) })}
          number={formats.change(rest.contribution)}
          bar={<Bar range={range} from={rest.from} to={rest.to} signed />}
        />
      )}
      <Row
        label={t('waterfall.score')}
        number={formats.score(score)}
        bar={<Bar range={range} from={0} to={score} />}
        kind="end"
      />
    </div>
  );
}

interface StepRowsProps {
  readonly step: WaterfallStep;
  readonly range: readonly [number, number];
  readonly contributions: readonly SingleContribution[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function StepRows({ step, range, contributions, isOpen, onToggle }: StepRowsProps) {
  const { t, i18n } = useTranslation('pictures');
  const names = useNames();
  const formats = useFormats();
  const singles = singlesOf(step, contributions);
  const reason = step.because ? inLanguage(step.because, i18n.language) : names.contribution(step.name);
  const label = (
    <span title={step.name}>
      {singles.length > 0 && (isOpen ? '▾ ' : '▸ ')}
      {step.count > 1 && `${formats.count(step.count)} × `}
      {reason}
    </span>
  );
  return (
    <>
      <Row
        label={
          singles.length === 0 ? (
            label
          ) : (
            <UnstyledButton fz="inherit" onClick={onToggle} aria-expanded={isOpen}>
              {label}
            </UnstyledButton>
          )
        }
        number={formats.change(step.contribution)}
        bar={<Bar range={range} from={step.from} to={step.to} signed />}
      />
      {isOpen &&
        singles
          .slice(0, mostSingles)
          .map(({ activityId, name, at, contribution }) => (
            <Row
              key={activityId}
              kind="single"
              label={`${formats.instant(at)} · ${name}`}
              number={formats.change(contribution)}
              bar={null}
            />
          ))}
      {isOpen && singles.length > mostSingles && (
        <Text size="xs" c="dimmed" pl="lg">
          {t('waterfall.more', { number: formats.count(singles.length - mostSingles) })}
        </Text>
      )}
    </>
  );
}

interface RowProps {
  readonly label: ReactNode;
  readonly number: string;
  readonly bar: ReactNode;
  readonly kind?: 'end' | 'single';
}

function Row({ label, number, bar, kind }: RowProps) {
  return (
    <div
      className="waterfall-row"
      role="listitem"
      data-end={kind === 'end' || undefined}
      data-single={kind === 'single' || undefined}
    >
      <span>{label}</span>
      <span className="waterfall-track" aria-hidden>
        {bar}
      </span>
      <span className="waterfall-number">{number}</span>
    </div>
  );
}

interface BarProps {
  readonly range: readonly [number, number];
  readonly from: number;
  readonly to: number;
  /** Whether the bar shows a change, so is good or bad. */
  readonly signed?: boolean;
}

function Bar({ range: [least, most], from, to, signed }: BarProps) {
  const percent = (value: number) => (100 * (value - least)) / (most - least);
  const sign = to < from ? 'bad' : 'good';
  return (
    <span
      className="waterfall-bar"
      data-sign={signed ? sign : undefined}
      style={{
        left: `${percent(Math.min(from, to))}%`,
        width: `${percent(Math.max(from, to)) - percent(Math.min(from, to))}%`,
      }}
    />
  );
}
