import { awsError, type Handlers } from './memory-aws';

interface Console {
  /** Hardware of an older kind tells what stood there some minutes ago. */
  latest?: boolean;
  screen?: boolean;
  text?: string;
}

/** The console of one instance. */
export const memoryConsole = ({
  latest = true,
  screen = true,
  text = 'login:',
}: Console = {}): Handlers => ({
  'ec2:GetConsoleOutput': ({ Latest, InstanceId }) => {
    if (Latest && !latest) throw awsError('UnsupportedOperation', { $fault: 'client' });
    return { InstanceId, ...(text && { Output: Buffer.from(text).toString('base64') }) };
  },
  'ec2:GetConsoleScreenshot': ({ InstanceId }) => {
    if (!screen) throw awsError('UnsupportedOperation', { $fault: 'client' });
    return { InstanceId, ImageData: Buffer.from([0xff, 0xd8, 0xff]).toString('base64') };
  },
});
