import { isAwsError, type Aws } from '../aws';
import type { Irreversible } from '../operation';
import { asked } from './asked';
import { keptBy, neverUndone, type Evidence } from './kept';

export type CaptureConsole = {
  readonly instanceId: string;
  /** Wakes a sleeping screen by a keystroke: the picture is worth more, and the host may notice. */
  readonly wakeUp: boolean;
};

/** What stands on the console, as text and as a picture; what AWS does not have is kept as its reason. */
export const captureConsole: Irreversible<CaptureConsole, Evidence> = {
  kind: 'evidence.capture-console',
  describe: ({ instanceId }) => `Keep the console output and a screenshot of ${instanceId}`,
  read: async (aws, _, run) => ({ kept: await keptBy(aws, run) }),
  holds: ({ kept }) => has(kept, output) && has(kept, screenshot),
  async apply(aws, input, { kept }, run) {
    if (!has(kept, output)) await keepOutput(aws, input, run);
    if (!has(kept, screenshot)) await keepScreenshot(aws, input, run);
  },
  ...neverUndone,
  permissions: { read: [], apply: ['ec2:GetConsoleOutput', 'ec2:GetConsoleScreenshot'] },
};

const output = 'console-output';
const screenshot = 'console-screenshot';

const has = (kept: Evidence['kept'], what: string): boolean =>
  kept.some(({ name }) => name.startsWith(`${what}.`));

const none = (content: string) =>
  ({ content, note: content, encoding: 'utf8', type: 'text/plain' }) as const;

const keepOutput = async (aws: Aws, { instanceId: InstanceId }: CaptureConsole, run: string) => {
  const found = await asked(aws, async () => {
    const latest = { InstanceId, Latest: true };
    try {
      return await aws.call('ec2:GetConsoleOutput', latest);
    } catch (error) {
      // Only newer hardware tells the latest; all tell what stood there some minutes ago.
      if (!isAwsError(error, 'UnsupportedOperation')) throw error;
      return aws.call('ec2:GetConsoleOutput', { InstanceId });
    }
  });
  const text = 'is' in found ? found.is.Output : undefined;
  await aws.call('evidence:Keep', {
    run,
    name: `${output}.txt`,
    ...(text
      ? { content: text, encoding: 'base64', type: 'text/plain' }
      : none('unknown' in found ? found.unknown : 'AWS has no console output of it')),
  });
};

const keepScreenshot = async (
  aws: Aws,
  { instanceId: InstanceId, wakeUp: WakeUp }: CaptureConsole,
  run: string,
) => {
  const found = await asked(aws, () =>
    aws.call('ec2:GetConsoleScreenshot', { InstanceId, WakeUp }),
  );
  const picture = 'is' in found ? found.is.ImageData : undefined;
  const because = 'unknown' in found ? found.unknown : 'AWS gave no picture';
  await aws.call('evidence:Keep', {
    run,
    ...(picture
      ? { name: `${screenshot}.jpg`, content: picture, encoding: 'base64', type: 'image/jpeg' }
      : { name: `${screenshot}.txt`, ...none(because) }),
  });
};
