import { useEffect, useState } from 'react';

/** The verdict on one event, as the live view of the API sends it. */
export interface Verdict {
  /** Its number in the view. */
  readonly number: string;
  readonly receivedAt: string;
  readonly verdict: 'accepted' | 'incomplete' | 'repeated' | 'rejected';
  readonly name: string | null;
  readonly similarTo?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly channel?: string;
  readonly identifiers?: readonly string[];
  readonly violations?: readonly { readonly code: string; readonly reason?: string }[];
}

export interface Live {
  readonly state: 'connecting' | 'open' | 'lost';
  /** Newest first. */
  readonly verdicts: readonly Verdict[];
}

const mostShown = 100;

/** Follows the verdicts on the events of a source. While `isHeld`, the list stays as it is, and what arrives waits. */
export function useLive(sourceId: string, isHeld: boolean): Live & { readonly waiting: number } {
  const [state, setState] = useState<Live['state']>('connecting');
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>([]);
  const [held, setHeld] = useState<readonly Verdict[]>();
  useEffect(() => {
    const stream = new EventSource(`/api/v1/sources/${sourceId}/live`);
    let arrived: Verdict[] = [];
    // Many verdicts are shown at once, so that a busy source does not draw the page hundreds of times a second.
    const drawing = setInterval(() => {
      if (arrived.length === 0) return;
      const latest = arrived.reverse();
      arrived = [];
      setVerdicts((before) => [...latest, ...before].slice(0, mostShown));
    }, 250);
    stream.onopen = () => {
      setVerdicts([]);
      setState('open');
    };
    stream.onerror = () => setState('lost');
    stream.addEventListener('verdict', ({ data, lastEventId }: MessageEvent<string>) => {
      arrived.push({ ...(JSON.parse(data) as Omit<Verdict, 'number'>), number: lastEventId });
    });
    return () => {
      clearInterval(drawing);
      stream.close();
    };
  }, [sourceId]);
  useEffect(() => {
    setHeld((before) => (isHeld ? (before ?? verdicts) : undefined));
  }, [isHeld, verdicts]);
  const shown = held ?? verdicts;
  const waiting = verdicts.findIndex(({ number }) => number === shown[0]?.number);
  return { state, verdicts: shown, waiting: waiting < 0 ? verdicts.length : waiting };
}
