import { execFileSync } from 'node:child_process';
import { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';

/** Where distributions put it; Debian's package is softhsm2. */
const PLACES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
];
const SO_PIN = '12345678';
const TWO_MINUTES = 120_000;

/** This project's own: a copy of it may lie below another, whose packages would be found, too. */
const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const COMPILED = join(PACKAGES, 'pkcs11js', 'build', 'Release', 'pkcs11.node');

const library = (): string | undefined => PLACES.find((path) => existsSync(path));

function reasonForNoToken(): string | undefined {
  if (library() === undefined) return 'SoftHSM is not installed';
  return existsSync(COMPILED) ? undefined : 'pkcs11js is not installed, or was not compiled';
}

/** The copy of the project that has the image's packages: they are installed without their scripts, which would compile it. */
const isAsInImage = existsSync(join(PACKAGES, '.installed-for-image'));

/** What is said of the image in place of what needs a token. */
function describeWithout(name: string): void {
  describe(name, () => {
    it('cannot be had in the image, for which pkcs11js is not compiled', () => {
      expect(existsSync(join(PACKAGES, 'pkcs11js', 'package.json'))).toBe(true);
      expect(existsSync(COMPILED)).toBe(false);
    });
  });
}

const isCi = process.env['CI'] === 'true';
const missing = isCi || isAsInImage ? undefined : reasonForNoToken();
if (missing !== undefined) process.stderr.write(`skipped: keys in a PKCS#11 module, since ${missing}\n`);

/** In CI a missing SoftHSM fails; elsewhere it skips. */
export const describeWithToken = isAsInImage ? describeWithout : missing === undefined ? describe : describe.skip;

/** To be called before all else. In CI `.ci/prepare` installs SoftHSM while other tests run, so it may have to wait. */
export async function tokenMustBePossible(): Promise<void> {
  const until = performance.now() + TWO_MINUTES;
  while (reasonForNoToken() !== undefined && performance.now() < until) await pause(500);
  const reason = reasonForNoToken();
  if (reason !== undefined) throw new Error(`in CI this has to be tested, but ${reason}`);
}

/** A token of SoftHSM in a folder of its own, with the keys that it is given. */
export class SoftHsmToken {
  readonly label = 'split-key-kms';
  readonly pin = '918273-pin';
  readonly folder = mkdtempSync(join(tmpdir(), 'softhsm-'));
  readonly modulePath = library() ?? '';
  readonly environment = { SOFTHSM2_CONF: join(this.folder, 'softhsm2.conf') };

  constructor() {
    mkdirSync(join(this.folder, 'tokens'));
    const lines = [`directories.tokendir = ${join(this.folder, 'tokens')}`, 'objectstore.backend = file'];
    writeFileSync(this.environment.SOFTHSM2_CONF, `${lines.join('\n')}\nlog.level = ERROR\n`);
    this.#utility('--init-token', '--free', '--label', this.label, '--pin', this.pin, '--so-pin', SO_PIN);
  }

  /** As if it were new: without keys, and with another PIN. */
  initialise(pin: string): void {
    const token = ['--token', this.label, '--label', this.label, '--force'];
    this.#utility('--init-token', ...token, '--pin', pin, '--so-pin', SO_PIN);
  }

  /** An AES key with these bytes, or an RSA key pair. SoftHSM makes imported keys sensitive and not extractable. */
  import(key: Uint8Array | KeyObject, label: string, idHex: string): void {
    const isRsa = key instanceof KeyObject;
    const file = join(this.folder, 'key');
    writeFileSync(file, isRsa ? key.export({ type: 'pkcs8', format: 'pem' }) : key);
    const names = ['--label', label, '--id', idHex, '--force'];
    const kind = isRsa ? [] : ['--aes'];
    this.#utility('--import', file, ...kind, '--token', this.label, '--pin', this.pin, ...names);
    rmSync(file);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #utility(...args: readonly string[]): void {
    const environment = { ...process.env, ...this.environment };
    execFileSync('softhsm2-util', args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

/** The processes that another one, or this one, has forked to run modules in. On Linux alone. */
export function moduleChildren(parent = process.pid): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isModuleChild(pid, parent)).map(Number);
}

function isModuleChild(pid: string, parent: number): boolean {
  try {
    const actual = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return actual === String(parent) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('module-child.js');
  } catch {
    return false; // It has ended meanwhile.
  }
}
