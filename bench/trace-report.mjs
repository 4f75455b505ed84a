import { figure, renderTable } from './table.mjs';

/**
 * Of each trace: the stages' mean milliseconds, of all requests and of those around some percentiles.
 *
 * @param {Awaited<ReturnType<typeof import('./latency.mjs').traceHalfLoad>>} traces
 * @param {boolean} asMarkdown
 */
export function renderTraces(traces, asMarkdown) {
  return traces.map((trace) => renderTrace(trace, asMarkdown)).join('\n\n');
}

/**
 * @param {Awaited<ReturnType<typeof import('./latency.mjs').traceHalfLoad>>[number]} trace
 * @param {boolean} asMarkdown
 */
function renderTrace({ label, perSecond, p50, p99, parts, stages, batch }, asMarkdown) {
  const rows = stages.map(({ name, means }) => [name, ...means.map((value) => figure(value, 1))]);
  const table = renderTable(
    [[`${label}, ms`, ...parts], ...rows, ['requests in its batch', ...batch.map((value) => figure(value, 1))]],
    asMarkdown,
  );
  return `${table}\n\n${label}: ${figure(perSecond)}/s, p50 ${figure(p50, 1)} ms, p99 ${figure(p99, 1)} ms.`;
}
