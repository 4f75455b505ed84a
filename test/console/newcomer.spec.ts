import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sha3Hex } from '@split-key-kms/client';
import type { Browser, Page } from 'playwright-core';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { accessibilityFaults, describeInBrowser, openBrowser, openPage, screenshot } from './browser.js';
import type { WatchedPage } from './browser.js';

describeInBrowser("a newcomer's way through the console", () => {
  let server: TestServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  beforeAll(async () => {
    // The page's clock is the machine's: so has to be the server's, for ends and days.
    server = await startTestServer({ AUDIT_CHECKPOINT_SECONDS: '1', LOG_LEVEL: 'silent' });
    server.clock.advanceSeconds(Math.floor(Date.now() / 1000) - server.clock.nowSeconds());
    browser = await openBrowser();
    watched = await openPage(browser, server.url);
    ({ page } = watched);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const click = (name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const link = (name: string | RegExp): Promise<void> => page.getByRole('link', { name }).first().click();
  const shows = (text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

  it('is sent to the console by /, and signed in by the link of the start, once', async () => {
    await page.goto(server.url);
    expect(page.url()).toBe(`${server.url}/console/`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await screenshot(page, 'sign-in');
    expect(await accessibilityFaults(page)).toEqual([]);

    const linked = `${server.url}/console/#code=${server.issueSignInCode?.() ?? ''}`;
    await page.goto('about:blank');
    await page.goto(linked);
    await page.getByRole('heading', { name: 'No wallet yet' }).waitFor();
    expect(page.url()).toBe(`${server.url}/console/#/wallets`);

    const second = await openPage(browser, server.url);
    await second.page.goto(linked);
    await second.page.getByText('This link has been used').waitFor();
    await second.page.context().close();
  });

  it('makes a wallet, whose words are shown once and confirmed', async () => {
    await click('New wallet');
    await click('Make the wallet');
    await page.getByRole('heading', { name: 'Write these 24 words down' }).waitFor();
    expect(await page.locator('.words li').count()).toBe(24);
    expect(await page.getByRole('button', { name: 'To its split keys' }).isDisabled()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('checkbox').check();
    await click('To its split keys');
    await page.getByRole('heading', { name: 'No split key yet' }).waitFor();
    expect(await page.locator('.words').count()).toBe(0);
  });

  it('makes a split key for at most 10 ZCN a day', async () => {
    await click('New split key');
    await shows('at most 10 ZCN in any 24 hours');
    await screenshot(page, 'new-split-key');
    expect(await accessibilityFaults(page)).toEqual([]);
    await click('Make the split key');
    await shows('0 ZCN of 10 ZCN used in any 24 hours');
    await shows('Signs');
  });

  it('signs a message with it, in the page', async () => {
    await click('Sign');
    await shows('Signed, and verified under the wallet');
    await screenshot(page, 'split-key');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is told which rule refuses a payment of 11 ZCN, before and when it is tried', async () => {
    await page.getByLabel(/^What/).selectOption('transfer');
    await page.getByLabel('To, a client id').fill(sha3Hex('the provider'));
    await page.getByLabel('Amount in ZCN').fill('11');
    await click('Ask only');
    await shows('It would be refused');
    await click('Sign');
    await page.getByRole('alert').waitFor();
    const refusal = await page.getByRole('alert').innerText();
    expect(refusal).toContain('SIGNING.NOT_ALLOWED');
    expect(refusal).toContain('limits[0]');
    expect(refusal).toMatch(/10 ZCN/);
    await screenshot(page, 'refusal');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('finds both in the record, and verifies an entry in the page', async () => {
    await link('record of the wallet');
    await page.getByRole('heading', { name: 'sign-message' }).waitFor();
    await page.getByRole('heading', { name: 'sign-transaction' }).waitFor();
    await shows(': SIGNING.NOT_ALLOWED');
    await page.getByRole('button', { name: 'Verify' }).first().click();
    await shows(/In the log: entry \d+ of \d+/);
    await screenshot(page, 'record');
    await page.getByLabel('Action').selectOption('sign-message');
    await page.getByRole('heading', { name: 'sign-transaction' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'sign-message' }).waitFor();
    await page.getByLabel('Action').selectOption('');
    await page.getByRole('heading', { name: 'sign-transaction' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('changes its policy, shares it, and revokes it, told before what that does', async () => {
    await link(/split keys of/);
    await page.locator('.cards h2 a').first().click();
    await page.getByLabel('Policy (amounts in SAS').fill('{ "operations": ["transfer"], "messages": "none" }');
    await shows('signs no messages');
    await page.getByLabel('At most so many ZCN at once').fill('2.5');
    await page.getByLabel('Pays these client ids only').fill(sha3Hex('the provider'));
    await page.getByLabel('Note, for whoever').fill('less');
    await shows('at most 2.5 ZCN at once');
    await shows('pays 1 known address only');
    expect(await page.getByLabel('Policy (amounts in SAS').inputValue()).toContain('"max_value": "25000000000"');
    await click('What would it mean?');
    await shows('Of the last 2 decisions');
    await click('Put it in force');
    await shows('Revision 2 of its policy');
    await click('Share…');
    await page.getByLabel('User id, as in their token').fill('bob');
    await click('Share');
    await page.getByText('bob', { exact: true }).waitFor();
    await click('Revoke…');
    await shows('also not by bob');
    await click('Revoke it');
    await shows('Revoked: it signs nothing any more');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('freezes, thaws and deletes the wallet, its name typed', async () => {
    await link('Split keys of');
    await link('Wallets');
    await click('Freeze');
    await shows('Frozen since');
    await screenshot(page, 'wallets');
    expect(await accessibilityFaults(page)).toEqual([]);
    await click('Thaw');
    await shows('In use');
    await click('Delete…');
    expect(await page.getByRole('button', { name: 'Delete the wallet' }).isDisabled()).toBe(true);
    const asked = await page.getByText('Type the first eight characters').innerText();
    await page.getByLabel('Type the first eight').fill(asked.slice(-8));
    await click('Delete the wallet');
    await page.getByRole('heading', { name: 'No wallet yet' }).waitFor();
    await click('Bring back');
    await shows('In use');
  });

  it('sees what is lent to others by nobody, and how the service is', async () => {
    await link('Shared with me');
    await page.getByRole('heading', { name: 'Nobody lends you anything' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await link('Operation');
    await page.getByText('Newest checkpoint').waitFor();
    await screenshot(page, 'operation');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is forgotten with the page: a reload asks for a token', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])')).toBe(
      '[0,0,""]',
    );
    await page.getByLabel('Token').fill('nonsense');
    await click('Sign in');
    await shows('This is no token');
    await page.getByLabel('Token').fill(server.token('alice'));
    await click('Sign in');
    await shows('Newest checkpoint');
  });

  it('reads everything on a phone without moving sideways', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const name of ['Operation', 'Shared with me', 'Wallets']) {
      await link(name);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    await page.locator('.cards h2 a').first().click();
    await screenshot(page, 'phone');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('has met no error, no violation of the policy, and nobody else', () => {
    expect(watched.faults).toEqual([]);
  });
});
