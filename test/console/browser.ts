import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { PROJECT } from '../architecture/project-files.js';

/** Debian's, which `.ci/prepare` installs. */
const CHROMIUM = '/usr/bin/chromium';
const SCREENSHOTS = join(PROJECT, 'reports', 'console');

const FOUR_MINUTES = 240_000;

/** Not the file alone: it is there before what it needs. */
const isThere = (): boolean => spawnSync(CHROMIUM, ['--version'], { stdio: 'ignore' }).status === 0;

const isMissing = process.env['CI'] !== 'true' && !isThere();
if (isMissing) process.stderr.write(`skipped: the console in a browser, since ${CHROMIUM} is missing\n`);

/** In CI a missing Chromium fails; elsewhere it skips. */
export const describeInBrowser = isMissing ? describe.skip : describe;

/** In CI `.ci/prepare` installs it while other tests run, so it may have to wait. */
export async function openBrowser(): Promise<Browser> {
  const until = performance.now() + FOUR_MINUTES;
  while (!isThere() && performance.now() < until) await pause(500);
  return chromium.launch({
    executablePath: CHROMIUM,
    // CI is root; nothing but our own pages is opened.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/** A page that notes whatever it should not do: errors, violations of its policy, requests to others. */
export interface WatchedPage {
  readonly page: Page;
  readonly faults: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(`thrown: ${message}`));
  page.on('console', (message) => {
    // What the service refuses is an error in the console of Chromium, and none of the page.
    const isRefusal = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isRefusal) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(url).origin) faults.push(`asked of others: ${request.url()}`);
  });
  return { page, faults };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** What axe finds on the page, in light and in dark, each as one line. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Not by a script of the page, which its policy forbids.
    const { violations } = await page.evaluate<AxeResult>(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary } of nodes) found.push(`${colorScheme} ${id}: ${html}: ${failureSummary}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** For reports/, and for docs/console.md. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
