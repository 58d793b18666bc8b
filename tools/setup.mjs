// Installs what `npm start` and `npm test` need. It runs before node_modules exists, so it imports
// nothing but Node, and it costs some milliseconds when nothing is to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);

const stop = (line) => {
  throw Object.assign(new Error(line), { told: true });
};
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const readOr = (file, otherwise) => (existsSync(file) ? readFileSync(file, 'utf8') : otherwise);

const run = (what, command, args) => {
  const started = Date.now();
  process.stdout.write(`setup: ${what} … `);
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (result.status !== 0) {
    process.stdout.write('failed\n');
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
    stop(
      `setup: "${command} ${args.join(' ')}" failed:\n${output.trim().split('\n').slice(-15).join('\n')}`,
    );
  }
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
};

/** True if npm's own record of what it installed agrees with the lock file: no need to install again. */
const installedAsLocked = () => {
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
};

const nodePackages = () => {
  const stamp = at('node_modules', '.drawbridge-lock');
  const wanted = hashOf(at('package-lock.json'));
  if (readOr(stamp, '') === wanted) return undefined;
  return () => {
    if (!installedAsLocked()) {
      run('installing Node packages (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund']);
    }
    writeFileSync(stamp, wanted);
  };
};

const findPython = () => {
  const question = 'import sys; print(sys.version_info >= (3, 10))';
  const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
  const found = names.find(
    (name) => spawnSync(name, ['-c', question], { encoding: 'utf8' }).stdout?.trim() === 'True',
  );
  return (
    found ??
    stop(
      'setup: the local AWS needs Python 3.10 or newer: install python3 (with its venv module) and run this again.',
    )
  );
};

const pythonPackages = () => {
  const stamp = at('.venv', '.drawbridge-requirements');
  const python = at('.venv', 'bin', 'python');
  const requirements = at('sandbox', 'requirements.txt');
  const wanted = hashOf(requirements);
  if (existsSync(python) && readOr(stamp, '') === wanted) return undefined;
  return () => {
    if (!existsSync(python)) {
      const system = findPython();
      if (spawnSync(system, ['-c', 'import venv, ensurepip']).status !== 0) {
        stop(
          `setup: ${system} lacks its venv module: install it (Debian, Ubuntu: apt install python3-venv) and run this again.`,
        );
      }
      rmSync(at('.venv'), { recursive: true, force: true });
      run('creating the Python environment (.venv)', system, ['-m', 'venv', '.venv']);
    }
    const options = ['--quiet', '--disable-pip-version-check', '--require-hashes'];
    run('installing the local AWS (pip)', python, [
      '-m',
      'pip',
      'install',
      ...options,
      '-r',
      requirements,
    ]);
    writeFileSync(stamp, wanted);
  };
};

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** `npm start` and `npm test` may run at once: the second waits for the first's installation. */
const withLock = async (work) => {
  mkdirSync(at('.sandbox'), { recursive: true });
  const lock = at('.sandbox', 'setup.lock');
  for (let told = false; ; await sleep(200)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(readOr(lock, '0'));
      if (owner > 0 && !alive(owner)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!told) console.log(`setup: waiting for another setup (pid ${owner})`);
      told = true;
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
try {
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(
      `setup: Node ${process.versions.node} is too old: install Node 20.19 or newer (24 is what Lambda runs).`,
    );
  }
  if (nodePackages() || pythonPackages()) {
    // Asked again inside the lock: whoever held it may have done the work.
    await withLock(() => [nodePackages, pythonPackages].forEach((todo) => todo()?.()));
  }
} catch (error) {
  if (!error.told) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
