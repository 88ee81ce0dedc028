// How fast it goes, and where the time goes.
import { useEffect, useMemo, useState } from 'react';
import type uPlot from 'uplot';
import { type StageTimes, stageNames } from '../../../shared/contract.ts';
import { useStore } from '../../store/store.ts';
import { Chart } from './Chart.tsx';
import { followSamples, type LiveSamples } from './liveSamples.ts';
import { StageLegend } from './StageLegend.tsx';
import { rateColumns, stackColumns, stagesNow } from './stageSeries.ts';
import './Charts.css';

export function Charts() {
  const tellError = useStore((store) => store.tellError);
  const [live, setLive] = useState<LiveSamples>();
  useEffect(() => {
    const followed = followSamples(tellError);
    setLive(followed);
    return () => followed.close();
  }, [tellError]);
  return live ? <LiveCharts live={live} /> : null;
}

function LiveCharts({ live }: { readonly live: LiveSamples }) {
  const followRate = useMemo(() => drawing(live, () => rateColumns(live.samples)), [live]);
  const followStages = useMemo(
    // The tallest is drawn first, and each lower one over it.
    () =>
      drawing(live, () => {
        const [seconds, ...edges] = stackColumns(live.samples);
        return [seconds, ...edges.toReversed()];
      }),
    [live],
  );

  return (
    <div className="charts">
      <section className="charts-chart">
        <h3>
          Photos per second <Now live={live} />
        </h3>
        <Chart
          label="Photos per second since the run began"
          series={rateSeries}
          follow={followRate}
        />
      </section>
      <section className="charts-chart">
        <h3>Milliseconds of work per photo</h3>
        <Chart
          label="Milliseconds of work per photo, stage by stage; the list below has the figures"
          series={stageSeries}
          follow={followStages}
        />
        <Legend live={live} />
      </section>
    </div>
  );
}

function Now({ live }: { readonly live: LiveSamples }) {
  const [rate, setRate] = useState<number>();
  useEffect(() => live.onDraw(() => setRate(live.samples.at(-1)?.photosPerSecond)), [live]);
  return <span className="charts-now number">{rate?.toFixed(1)}</span>;
}

function Legend({ live }: { readonly live: LiveSamples }) {
  const [times, setTimes] = useState<StageTimes>();
  useEffect(() => live.onDraw(() => setTimes(stagesNow(live.samples))), [live]);
  return <StageLegend times={times} />;
}

function drawing(live: LiveSamples, columns: () => uPlot.AlignedData) {
  return (draw: (columns: uPlot.AlignedData) => void) => live.onDraw(() => draw(columns()));
}

function rateSeries(colour: (token: string) => string): uPlot.Series[] {
  return [
    {
      stroke: colour('--accent'),
      width: 2,
      fill: colour('--accent-soft'),
      points: { show: false },
    },
  ];
}

function stageSeries(colour: (token: string) => string): uPlot.Series[] {
  return stageNames.toReversed().map((stage) => ({
    fill: colour(`--stage-${stage}`),
    width: 0,
    points: { show: false },
  }));
}
