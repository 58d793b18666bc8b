import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Path of the file that holds its output. */
  readonly log: string;
  readonly url: string;
  /** Ends it by its pid; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  readonly url: string;
  /** Path under `url` that answers 200 once the emulator is ready. */
  readonly health: string;
  /** Told once, in words, if it ends without having been asked to. */
  readonly onDeath: (message: string) => void;
}

const startSeconds = 30;

const tail = (file: string, lines: number): string =>
  readFileSync(file, 'utf8').trim().split('\n').slice(-lines).join('\n');

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
};

/** Starts a process and waits until it is healthy. Its stdin stays open: closing it ends the process too. */
export const startChild = async (options: ChildOptions): Promise<Child> => {
  const { name, log, url } = options;
  const output = openSync(log, 'w');
  const child = spawn(options.command, options.args, {
    env: options.env,
    stdio: ['pipe', output, output],
    // Its own group, so that Ctrl-C reaches only the sandbox, which then stops its children in order.
    detached: true,
  });
  closeSync(output);
  let stopping = false;
  let gone: string | undefined;
  const ended = new Promise<void>((resolve) => {
    const end = (reason: string): void => {
      if (gone === undefined) {
        gone = `${name} (pid ${child.pid ?? '?'}) ended unexpectedly: ${reason}. Its log: ${log}`;
        if (!stopping) options.onDeath(gone);
      }
      resolve();
    };
    child.once('error', (error) => {
      end(error.message);
    });
    child.once('exit', (code, signal) => {
      end(signal ? `killed by ${signal}` : `exit code ${code ?? '?'}`);
    });
  });
  child.stdin?.on('error', () => undefined);

  const stop = async (): Promise<void> => {
    stopping = true;
    child.stdin?.end();
    child.kill('SIGTERM');
    const late = sleep(4000, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
    await ended;
  };

  const deadline = Date.now() + startSeconds * 1000;
  while (!(await answers(`${url}${options.health}`))) {
    if (gone !== undefined) throw new Error(`${gone}\n${tail(log, 5)}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(
        `${name} was not ready after ${startSeconds} s. Its log: ${log}\n${tail(log, 5)}`,
      );
    }
    await sleep(50);
  }
  return { name, pid: child.pid ?? 0, log, url, stop };
};
