import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithToken, moduleChildren, SoftHsmToken, tokenMustBePossible } from './softhsm.js';

const built = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;

const namesOf = ({ modulePath, environment, label }: SoftHsmToken): object => ({
  modulePath,
  environment,
  tokenLabel: label,
});

/** A program that has `openPkcs11Key`, the pin and the names of a token's key, and does this. */
const program = (token: SoftHsmToken, doing: string): string => `
  import { SecretBytes } from '${built('crypto/secret-bytes.js')}';
  import { openPkcs11Key } from '${built('key-encryption/open-pkcs11-key.js')}';
  const pin = new SecretBytes(Uint8Array.from(Buffer.from('${token.pin}')));
  const { modulePath, environment, tokenLabel } = ${JSON.stringify(namesOf(token))};
  const open = (keyLabel) => openPkcs11Key({ modulePath, environment, tokenLabel, keyLabel, pin });
  ${doing}
`;

/** A service that opens a key, says so, and then does nothing; `stay` keeps it from ending. */
const service = (stay: boolean): string => `
  await open('kek');
  console.log('open');
  if (${stay}) setInterval(() => undefined, 1000);
`;

describeWithToken('the process of a PKCS#11 module', () => {
  let token: SoftHsmToken;
  beforeAll(async () => {
    await tokenMustBePossible();
    token = new SoftHsmToken();
    token.import(new Uint8Array(32).fill(0x5a), 'kek', '01');
  }, 180_000);
  afterAll(() => {
    token.remove();
  });

  const start = (doing: string): ChildProcess => {
    const args = ['--input-type=module', '--eval', program(token, doing)];
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  };

  it('ends with the service, also when that is killed', async () => {
    const running = start(service(true));
    await once(running.stdout ?? running, 'data');
    const children = moduleChildren(running.pid);
    expect(children).toHaveLength(1);
    running.kill('SIGKILL');
    await once(running, 'exit');
    const isThere = (): boolean => children.some((pid) => isAlive(pid));
    while (isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isThere()).toBe(false);
  });

  it('does not keep a service from ending that has nothing else to do', async () => {
    const running = start(service(false));
    expect(await once(running, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['closes its key', "await (await open('kek')).close();", ''],
    ['cannot open it', "await open('missing').catch(({ reason }) => console.log(reason));", 'missing\n'],
  ])('lets one that %s come to what is behind that, with nothing else to do', async (_, doing, said) => {
    const running = start(`${doing}\n  console.log('behind it');`);
    let text = '';
    running.stdout?.on('data', (data) => (text += String(data)));
    expect(await once(running, 'close')).toEqual([0, null]);
    expect(text).toBe(`${said}behind it\n`);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
