/**
 * Rows of cells as a table: Markdown, or columns for a terminal. The first row is the heading.
 *
 * @param {readonly (readonly string[])[]} rows
 * @param {boolean} asMarkdown
 */
export function renderTable(rows, asMarkdown) {
  if (asMarkdown) {
    const [heading, ...rest] = rows.map((cells) => `| ${cells.join(' | ')} |`);
    return [heading, `|${rows[0].map((_, column) => (column === 0 ? '---|' : '---:|')).join('')}`, ...rest].join('\n');
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * A number with so many decimals and commas at the thousands; a dash for what was not measured.
 *
 * @param {number | undefined} value
 * @param {number} [decimals]
 */
export function figure(value, decimals = 0) {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
