// Throughput and p99 over the requests in flight, drawn by hand as SVG.
import { figure } from './table.mjs';

const SIZE = { width: 860, height: 400 };
const PANEL = { width: 340, height: 260, top: 70 };
const COLOURS = ['#1f6feb', '#bc4c00'];
const INK = '#24292f';
const FAINT = '#8c959f';

/** @param {{ readonly machine: import('./machine.mjs').Machine, readonly concurrency: readonly import('./concurrency.mjs').Series[], readonly throughput: readonly import('./throughput.mjs').Row[] }} measured */
export function drawChart({ machine, concurrency, throughput }) {
  const naive = throughput[0].naivePerSecond;
  const ceilings = concurrency.map(
    ({ name }) => throughput.find((row) => row.scenario === name)?.ceilingPerSecond ?? NaN,
  );
  const lines = [
    ...ceilings.map((value, index) => ({ value, label: 'ceiling', colour: COLOURS[index] })),
    { value: naive, label: 'naive', colour: FAINT },
  ];
  const rates = concurrency.map(({ points }) => points.map(({ perSecond }) => perSecond));
  const delays = concurrency.map(({ points }) => points.map(({ p99 }) => p99));
  const places = concurrency[0].points.map(({ connections }) => connections);
  const about = `${machine.date}, ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, load generator included`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12" fill="${INK}">
<title>Signing: throughput and latency over the requests in flight</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="20" y="24" font-size="15" font-weight="bold">/sign/msg over the requests in flight</text>
${drawLegend(concurrency)}
${drawPanel({ left: 70, title: 'signatures per second', places, series: rates, lines })}
${drawPanel({ left: 490, title: 'p99 latency, ms', places, series: delays, lines: [] })}
<text x="20" y="${SIZE.height - 12}" font-size="11" fill="${FAINT}">${escaped(about)}</text>
</svg>
`;
}

/** @param {readonly { readonly label: string }[]} series */
function drawLegend(series) {
  const entries = series.map(({ label }, index) => {
    const x = 340 + index * 130;
    return `<circle cx="${x}" cy="20" r="5" fill="${COLOURS[index]}"/><text x="${x + 10}" y="24">${escaped(label)}</text>`;
  });
  return entries.join('');
}

/**
 * One panel: places on a doubling scale, values from zero.
 *
 * @param {object} panel
 * @param {number} panel.left
 * @param {string} panel.title
 * @param {readonly number[]} panel.places
 * @param {readonly (readonly number[])[]} panel.series
 * @param {readonly { value: number, label: string, colour: string | undefined }[]} panel.lines
 */
function drawPanel({ left, title, places, series, lines }) {
  const most = niceMost(Math.max(...series.flat(), ...lines.map(({ value }) => value)));
  const span = Math.log2((places.at(-1) ?? 1) / places[0]) || 1;
  const x = (/** @type {number} */ place) => round(left + (Math.log2(place / places[0]) / span) * PANEL.width);
  const y = (/** @type {number} */ value) => round(PANEL.top + PANEL.height * (1 - value / most));
  const right = left + PANEL.width;
  const parts = [`<text x="${left}" y="${PANEL.top - 16}" font-weight="bold">${title}</text>`];
  for (let step = 0; step <= 5; step++) {
    const value = (most * step) / 5;
    parts.push(`<path d="M${left} ${y(value)}H${right}" stroke="#d0d7de" stroke-width="${step === 0 ? 1.5 : 0.5}"/>`);
    parts.push(`<text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${figure(value)}</text>`);
  }
  for (const place of places) {
    parts.push(`<text x="${x(place)}" y="${PANEL.top + PANEL.height + 18}" text-anchor="middle">${place}</text>`);
  }
  const below = PANEL.top + PANEL.height + 36;
  parts.push(`<text x="${left + PANEL.width / 2}" y="${below}" text-anchor="middle">requests in flight</text>`);
  for (const { value, label, colour } of lines) {
    parts.push(`<path d="M${left} ${y(value)}H${right}" stroke="${colour}" stroke-width="1" stroke-dasharray="5 4"/>`);
    // Above the ceilings and below naive no curve runs.
    const place =
      label === 'naive' ? `x="${right}" y="${y(value) + 12}" text-anchor="end"` : `x="${left + 4}" y="${y(value) - 4}"`;
    parts.push(`<text ${place} font-size="11" fill="${colour}">${label}</text>`);
  }
  for (const [index, values] of series.entries()) {
    const dots = values.map((value, place) => `${x(places[place])},${y(value)}`);
    parts.push(`<polyline points="${dots.join(' ')}" fill="none" stroke="${COLOURS[index]}" stroke-width="2"/>`);
    for (const dot of dots) {
      const [cx, cy] = dot.split(',');
      parts.push(`<circle cx="${cx}" cy="${cy}" r="3" fill="${COLOURS[index]}"/>`);
    }
  }
  return parts.join('\n');
}

/**
 * The next of 1, 2, 2.5, 5 times a power of ten.
 *
 * @param {number} value
 */
function niceMost(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((most) => most >= value) ?? 10 * power;
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
