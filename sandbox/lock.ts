import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The process that holds the lock file, if it still lives. */
export const holderOf = (file: string): number | undefined => {
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 && isAlive(pid) ? pid : undefined;
};

/** True if this process now holds the lock file. One left by a dead process is taken over. */
export const take = (file: string): boolean => {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && holderOf(file) === undefined) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

/** Runs `work` while no other process runs it under the same lock file. */
export const exclusively = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  while (!take(file)) await sleep(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};
