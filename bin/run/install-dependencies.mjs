// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know the protocol
import { spawn } from 'child_process';
// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know the protocol
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know the protocol
import { dirname, join } from 'path';
// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know the protocol
import { fileURLToPath } from 'url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const LOCK = join(ROOT, '.fluxgate', 'installing');
const HEARTBEAT_MS = 10000;

/** Installs the packages of the lock file unless they are there. Resolves with a sentence when that fails. */
export const installDependencies = () => {
  if (isInstalled(ROOT)) return Promise.resolve(undefined);
  return takeLock(true).then(() => {
    // Whoever had the lock before has probably done the work.
    const installing = isInstalled(ROOT) ? Promise.resolve(undefined) : runInstall();
    return installing.then((failure) => {
      rmSync(LOCK, { force: true });
      return failure;
    });
  });
};

/** Whether `node_modules` holds every package of the lock file, in its version. What a platform does not need may lack. */
export const isInstalled = (root) => {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.keys(wanted)
    .filter((path) => path !== '')
    .every((path) => isSame(wanted[path], installed[path]));
};

const isSame = (wanted, installed) =>
  installed === undefined ? wanted.optional === true : installed.version === wanted.version;

const readPackages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined);

const runInstall = () =>
  new Promise((resolve) => {
    process.stdout.write('Installing dependencies with npm ci; this takes about a minute, once.\n');
    const npm = process.env.npm_execpath === undefined ? ['npm'] : [process.execPath, process.env.npm_execpath];
    const startedAt = Date.now();
    const child = spawn(npm[0], npm.slice(1).concat(['ci', '--include=dev', '--no-audit', '--no-fund']), {
      cwd: ROOT,
      stdio: 'inherit',
    });
    const heartbeat = setInterval(() => {
      process.stdout.write(`  still installing, ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
    }, HEARTBEAT_MS);
    const settle = (failure) => {
      clearInterval(heartbeat);
      resolve(failure);
    };
    child.once('error', (error) => settle(`npm could not be started (${error.message}): install npm, then try again.`));
    child.once('exit', (code) => {
      const failed = 'The dependencies could not be installed: see what npm says above, then try again.';
      settle(code === 0 ? undefined : failed);
    });
  });

/** Two first starts at once must not install over each other: the second waits for the first. */
const takeLock = (isFirstTry) =>
  new Promise((resolve, reject) => {
    mkdirSync(dirname(LOCK), { recursive: true });
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      resolve();
    } catch (error) {
      if (error.code !== 'EEXIST') return reject(error);
      if (!isRunning(readOwner())) rmSync(LOCK, { force: true });
      else if (isFirstTry) process.stdout.write('Waiting for another command that installs the dependencies.\n');
      setTimeout(() => takeLock(false).then(resolve, reject), 500);
    }
  });

const readOwner = () => (existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0);

const isRunning = (processId) => {
  try {
    return processId > 0 && process.kill(processId, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};
