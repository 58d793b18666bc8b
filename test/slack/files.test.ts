import { uploadFile } from '../../src/slack/files';
import { workClient } from '../../src/slack/client';
import { startBoth } from '../sandbox/slack/fixture';
import { startSlack } from './support/slack';

const sleep = () => Promise.resolve();

/** Against the sandbox's Slack, which takes files as Slack does. */
describe('a file', () => {
  let here: Awaited<ReturnType<typeof startBoth>>;
  beforeAll(async () => {
    here = await startBoth();
  });
  afterAll(() => here.close());

  const client = () => workClient('xoxb-sandbox', here.workspace.apiUrl);
  const picture = {
    name: 'weeks.png',
    title: 'Twelve weeks',
    bytes: Buffer.from('89504e470d0a1a0a00', 'hex'),
    alt: 'Two curves that fall',
  };

  it('stands in the thread with its title, its bytes and its description', async () => {
    const { ts } = await here.api('chat.postMessage', { channel: 'C0ALERTS', text: 'card' });
    here.clock.advance(2000);

    await uploadFile(client(), picture, { channel: 'C0ALERTS', thread: String(ts) }, sleep);

    const [, reply] = await here.workspace.driver.messages('C0ALERTS', { thread: String(ts) });
    const [file] = reply?.files ?? [];
    expect(file).toMatchObject({
      name: 'weeks.png',
      title: 'Twelve weeks',
      mimetype: 'image/png',
      alt_txt: 'Two curves that fall',
    });
    const kept = await fetch(String(file?.['url_private']));
    expect(Buffer.from(await kept.arrayBuffer())).toEqual(picture.bytes);
    expect(kept.headers.get('content-type')).toBe('image/png');
  });

  it('waits its turn behind other messages of the channel, and does not wait for ever', async () => {
    await here.api('chat.postMessage', { channel: 'C0ALERTS', text: 'just before' });
    const slept: number[] = [];
    const upload = (pass: boolean) =>
      uploadFile(
        client(),
        { ...picture, title: 'patient' },
        { channel: 'C0ALERTS' },
        async (ms) => {
          slept.push(ms);
          if (pass) here.clock.advance(ms);
        },
      );

    await expect(upload(false)).rejects.toThrow('rate-limit');
    expect(slept).toHaveLength(15);
    expect(new Set(slept).size).toBe(15);
    await upload(true);

    const titles = (await here.workspace.driver.messages('C0ALERTS')).flatMap(({ files = [] }) =>
      files.map(({ title }) => title),
    );
    expect(titles).toEqual(['patient']);
  });

  it('has a description that Slack takes, however long it was', async () => {
    here.clock.advance(2000);

    await uploadFile(
      client(),
      { ...picture, title: 'long', alt: 'x'.repeat(5000) },
      { channel: 'C0ALERTS' },
      sleep,
    );

    const messages = await here.workspace.driver.messages('C0ALERTS');
    expect(messages.flatMap(({ files = [] }) => files).at(-1)).toMatchObject({ title: 'long' });
  });

  it('is not begun when it is empty', async () => {
    const empty = { ...picture, bytes: new Uint8Array() };

    const upload = uploadFile(client(), empty, { channel: 'C0ALERTS' }, sleep);

    await expect(upload).rejects.toThrow('is empty');
  });

  it('fails with Slack’s own word where it may not stand', async () => {
    const upload = uploadFile(client(), picture, { channel: 'C0NOWHERE' }, sleep);

    await expect(upload).rejects.toThrow('channel_not_found');
  });
});

describe('a file whose upload goes wrong', () => {
  it('is never shown: without a place to send it to, or when the place does not take it', async () => {
    const slack = await startSlack();
    const upload = () =>
      uploadFile(
        workClient('xoxb-test', slack.url),
        { name: 'a.txt', title: 'a', bytes: Buffer.from('a') },
        { channel: 'C0ALERTS' },
        sleep,
      );
    slack.answer('files.getUploadURLExternal', () => ({ ok: true }));
    await expect(upload()).rejects.toThrow('upload_url');

    slack.answer('files.getUploadURLExternal', () => ({
      ok: true,
      upload_url: `${slack.url}upload`,
      file_id: 'F1',
    }));
    slack.answer('upload', () => ({ httpStatus: 500 }));
    await expect(upload()).rejects.toThrow('answered with 500');

    expect(slack.asked('files.completeUploadExternal')).toEqual([]);
    await slack.close();
  });

  it('is sent to its address without the token', async () => {
    const slack = await startSlack();
    slack.answer('files.getUploadURLExternal', () => ({
      ok: true,
      upload_url: `${slack.url}upload`,
      file_id: 'F1',
    }));
    slack.answer('upload', () => ({}));
    slack.answer('files.completeUploadExternal', () => ({ ok: true }));
    const asked = jest.spyOn(globalThis, 'fetch');

    await uploadFile(
      workClient('xoxb-secret', slack.url),
      { name: 'a.txt', title: 'a', bytes: Buffer.from('a') },
      { channel: 'C0ALERTS', thread: '1.2' },
      sleep,
    );

    const upload = asked.mock.calls.find(([url]) => url === `${slack.url}upload`);
    asked.mockRestore();
    expect(JSON.stringify(upload)).not.toContain('xoxb-secret');
    expect(slack.asked('files.completeUploadExternal')).toMatchObject([
      { files: [{ id: 'F1', title: 'a' }], channel_id: 'C0ALERTS', thread_ts: '1.2' },
    ]);
    await slack.close();
  });
});
