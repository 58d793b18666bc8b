import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isAlive } from '../lock';
import { startChild, type Child } from './child';

export { freePorts, portIsFree } from './ports';
export type { Child } from './child';

export interface EmulatorOptions {
  readonly root: string;
  readonly ports: { readonly ministack: number; readonly moto: number };
  /** Where the Lambdas that MiniStack runs send their AWS calls: the edge. */
  readonly awsEndpoint: string;
  /** The account that MiniStack deploys into. */
  readonly account: string;
  /** How long a workflow's pauses last, as a part of what it says: Macie is done in seconds here. */
  readonly pauses: number;
  readonly onDeath: (message: string) => void;
}

export interface Emulators {
  readonly ministack: Child;
  readonly moto: Child;
  close(): Promise<void>;
}

/** MiniStack hands its whole environment to every Lambda, so it gets a bare one. */
const bareEnvironment = (): Record<string, string> => {
  const { HOME = '/', LANG = 'C.UTF-8', PATH = '' } = process.env;
  return { HOME, LANG, PATH: `${dirname(process.execPath)}:${PATH}`, PYTHONUNBUFFERED: '1' };
};

/** S3 Control puts the account before the host: `444455556666.localhost` (see loopback-names.cjs), never `….127.0.0.1`. */
export const s3ControlEndpoint = (edge: string): string => edge.replace('127.0.0.1', 'localhost');

const anHour = 3_600_000;

/** Worlds on free ports leave a log each, killed ones their scratch folder: old ones of the dead help nobody. */
const clean = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const oldLog = name.endsWith('.log') && Date.now() - statSync(path).mtimeMs > anHour;
    const owner = /^tmp-(\d+)-/.exec(name)?.[1];
    if (oldLog || (owner && !isAlive(Number(owner))))
      rmSync(path, { recursive: true, force: true });
  }
};

export const startEmulators = async (options: EmulatorOptions): Promise<Emulators> => {
  const { root, ports, account, onDeath } = options;
  const python = join(root, '.venv', 'bin', 'python');
  const state = join(root, '.sandbox');
  const scratch = join(state, `tmp-${process.pid}-${ports.ministack}`);
  mkdirSync(scratch, { recursive: true });
  clean(state);
  const launcher = (file: string): string => join(root, 'sandbox', 'emulators', file);
  const suffix = ports.ministack;
  const starts = [
    startChild({
      name: 'MiniStack',
      command: python,
      args: [launcher('ministack_launcher.py')],
      env: {
        ...bareEnvironment(),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        GATEWAY_PORT: String(ports.ministack),
        MINISTACK_ACCOUNT_ID: account,
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        SFN_WAIT_SCALE: String(options.pauses),
        AWS_ENDPOINT_URL: options.awsEndpoint,
        AWS_ENDPOINT_URL_S3_CONTROL: s3ControlEndpoint(options.awsEndpoint),
        NODE_OPTIONS: `--require "${launcher('loopback-names.cjs')}"`,
        AWS_ACCESS_KEY_ID: account,
        AWS_SECRET_ACCESS_KEY: 'sandbox',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        TMPDIR: scratch,
      },
      log: join(state, `ministack-${suffix}.log`),
      url: `http://127.0.0.1:${ports.ministack}`,
      health: '/_ministack/health',
      onDeath,
    }),
    startChild({
      name: 'moto',
      command: python,
      args: [launcher('moto_launcher.py'), '-H', '127.0.0.1', '-p', String(ports.moto)],
      env: { ...bareEnvironment(), TMPDIR: scratch },
      log: join(state, `moto-${ports.moto}.log`),
      url: `http://127.0.0.1:${ports.moto}`,
      health: '/moto-api/',
      onDeath,
    }),
  ];
  const outcomes = await Promise.allSettled(starts);
  const running = outcomes.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(running.map((child) => child.stop()));
    rmSync(scratch, { recursive: true, force: true });
  };
  const [ministack, moto] = running;
  if (!ministack || !moto) {
    await close();
    throw outcomes.find((it) => it.status === 'rejected')?.reason;
  }
  return { ministack, moto, close };
};
