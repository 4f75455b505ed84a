import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from './project-files.js';

/** One edge that broke a rule. */
export interface Violation {
  readonly rule: string;
  readonly from: string;
}

interface CruiseReport {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly totalCruised: number;
  };
}

/**
 * Runs the project's own import law over a project made of these files (path → content) in a temporary folder,
 * with the real packages. Gives every violation. Throws when the cruise itself fails or saw nothing.
 */
export function cruise(files: Readonly<Record<string, string>>): Violation[] {
  const folder = mkdtempSync(join(tmpdir(), 'import-law-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
      cpSync(join(PROJECT, name), join(folder, name));
    }
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    return violationsIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function violationsIn(folder: string): Violation[] {
  const cruiser = join(PROJECT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'packages'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (stdout === '') throw new Error(`dependency-cruiser gave no report: ${stderr}`);
  const { summary } = JSON.parse(stdout) as CruiseReport;
  if (summary.totalCruised === 0) throw new Error('dependency-cruiser saw no files');
  return summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}
