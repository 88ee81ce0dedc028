// A chart that is drawn on a canvas and never by React: it is made once, and gets its data by hand.
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useDarkness } from './useDarkness.ts';
import 'uplot/dist/uPlot.min.css';
import './Chart.css';

interface ChartProps {
  /** What the picture shows, for those who cannot see it. */
  readonly label: string;
  /** The same function for as long as the chart lives; asked again when the colours change. */
  readonly series: (colour: (token: string) => string) => uPlot.Series[];
  /** The same function for as long as the chart lives; calls back with columns to draw. */
  readonly follow: (draw: (columns: uPlot.AlignedData) => void) => () => void;
}

const height = 168;

export function Chart({ label, series, follow }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const isDark = useDarkness();

  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours need another chart
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const colour = (token: string) => resolveColour(element, token);
    const plot = new uPlot(optionsOf(element, series(colour), colour), [[]], element);
    const stop = follow((columns) => plot.setData(columns));
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      stop();
      observer.disconnect();
      plot.destroy();
    };
  }, [series, follow, isDark]);

  return <div ref={frame} className="chart" role="img" aria-label={label} />;
}

function optionsOf(
  element: HTMLElement,
  series: uPlot.Series[],
  colour: (token: string) => string,
): uPlot.Options {
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis = {
    font,
    stroke: colour('--ink-quiet'),
    grid: { stroke: colour('--border'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false },
      y: { range: (_plot, _min, max) => [0, Number.isFinite(max) && max > 0 ? max * 1.1 : 1] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 24,
        space: 80,
        values: (_plot, ticks) => ticks.map(clock),
      },
      { ...axis, size: 44, space: 36 },
    ],
    series: [{}, ...series],
  };
}

/** A colour of tokens.css as the canvas understands it: `light-dark()` means nothing to it. */
function resolveColour(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** '1:05' for 65 seconds. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
