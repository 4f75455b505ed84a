import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesUnder } from '../architecture/project-files.js';
import { PROJECT, readDocument } from './documents.js';

const FOLDER = join('docs', 'adr');
const files = readdirSync(join(PROJECT, FOLDER))
  .filter((name) => name !== 'README.md')
  .toSorted();
const index = readDocument(join(FOLDER, 'README.md'));

const DAY = '\\d{4}-\\d{2}-\\d{2}';
const STATUS = new RegExp(
  `^Status: accepted, (${DAY})(?:; (superseded by \\[\\d+\\]\\(\\d{4}-[\\w-]+\\.md\\)), ${DAY})?$`,
);

interface Decision {
  readonly number: number;
  readonly title: string;
  readonly status: string;
  readonly date: string;
}

/** Reads the first lines of a decision: its title, an empty line, its status, an empty line. */
function decisionIn(file: string): Decision {
  const [heading = '', above, line = '', below] = readDocument(join(FOLDER, file)).split('\n');
  const [, number = '', title = ''] = /^# (\d+)\. (.+)$/.exec(heading) ?? [];
  const [, date = '', superseded = 'accepted'] = STATUS.exec(line) ?? [];
  const isFramed = above === '' && below === '';
  return { number: Number(number), title, status: isFramed ? superseded : 'not in its place', date };
}

describe('docs/adr', () => {
  it('numbers the decisions without a gap', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1])).toEqual(
      files.map((_, place) => String(place + 1).padStart(4, '0')),
    );
  });

  it.each(files)('%s has its number, a title and a status with a day that was', (file) => {
    const { number, title, status, date } = decisionIn(file);
    expect(number).toBe(Number(file.slice(0, 4)));
    expect(title).not.toBe('');
    expect(status).toMatch(/^(accepted|superseded by .+)$/);
    expect(new Date(`${date}T00:00:00Z`).toISOString()).toBe(`${date}T00:00:00.000Z`);
  });

  it('lists each in its index with the same title, status and day', () => {
    const rows = index.split('\n').filter((line) => /^\| \d/.test(line));
    const expected = files.map((file) => {
      const { number, title, status, date } = decisionIn(file);
      return `| ${number} | [${title}](${file}) | ${status} | ${date} |`;
    });
    expect(rows).toEqual(expected);
  });

  it('has every decision that the code cites', () => {
    const citations = [...filesUnder('src'), ...filesUnder('test')]
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [...readDocument(path).matchAll(/docs\/adr\/(\d{4}[\w-]*)/g)].map(([, cited = '']) => cited));
    expect(citations.length).toBeGreaterThan(5);
    expect(citations.filter((cited) => !files.some((file) => file.startsWith(cited)))).toEqual([]);
  });
});
