import { objects, type Json } from '../json';
import { changed, newId, type UploadedFile, type World } from '../world';
import type { Args } from './args';
import { botMessage, post } from './chat';
import { readContent } from './content';
import { SlackError } from './errors';
import { writable } from './places';
import { countPost } from './rates';

/** Step 1 of 3: announces the name and the exact length. */
export function getUploadUrl(world: World, args: Args): Json {
  const name = args.need('filename');
  const size = Number(args.need('length'));
  if (!Number.isInteger(size) || size <= 0) throw new SlackError('invalid_arguments');
  const alt = args.text('alt_txt');
  if (alt && alt.length > 1000) throw new SlackError('alt_txt_too_large');
  const file = { id: newId('F'), name, title: name, size, done: false, ...(alt && { alt }) };
  world.files.set(file.id, file);
  return { upload_url: `${world.url}/upload/${file.id}`, file_id: file.id };
}

/** Step 2: the bytes themselves; Slack answers in plain words here. */
export function upload(world: World, id: string, bytes: Buffer): { status: number; body: string } {
  const file = world.files.get(id);
  if (!file || file.done) return { status: 404, body: 'not found' };
  if (bytes.length !== file.size) return { status: 400, body: 'length mismatch' };
  file.bytes = bytes;
  return { status: 200, body: `OK - ${bytes.length}` };
}

/** Step 3: the file becomes visible, in a message where a channel is named. */
export function completeUpload(world: World, args: Args): Json {
  const given = objects(args.json('files'));
  if (given.length === 0) throw new SlackError('invalid_arguments');
  const channelId = args.text('channel_id');
  const channel = channelId === undefined ? undefined : writable(channelId);
  const files = given.map((one): UploadedFile => {
    const file = world.files.get(String(one['id']));
    if (!file?.bytes || file.done) throw new SlackError('file_not_found');
    if (typeof one['title'] === 'string') file.title = one['title'];
    return file;
  });
  const shown = files.map((file) => fileObject(world, file));
  if (channel) {
    const comment = args.text('initial_comment') ?? '';
    const content = { ...readContent(args, 'chat.postMessage'), text: comment };
    countPost(world, channel.id);
    const message = { ...botMessage(world, content), files: shown };
    post(world, channel.id, message, args.text('thread_ts'));
  }
  for (const file of files) file.done = true;
  changed(world);
  return { files: shown };
}

const fileObject = (world: World, file: UploadedFile): Json => ({
  id: file.id,
  name: file.name,
  title: file.title,
  size: file.size,
  mimetype: typeOf(file),
  ...(file.alt && { alt_txt: file.alt }),
  url_private: `${world.url}/files/${file.id}`,
});

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

/** Only what is really a picture is shown as one. */
export const typeOf = ({ bytes }: UploadedFile): string =>
  bytes?.subarray(0, 8).equals(pngSignature) ? 'image/png' : 'text/plain; charset=utf-8';
