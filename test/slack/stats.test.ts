import { statsThrough } from '../../src/slack/desk/stats';
import { filesInto, type FilePlace, type NewFile } from '../../src/slack/files';
import { Wait, workClient } from '../../src/slack/client';
import type { CardRecord } from '../../src/domain/card';
import { CaseId } from '../../src/domain/ids';
import { summary } from '../../src/domain/stats';
import { words } from '../blocks/support/reading';
import { samples } from '../blocks/support/samples-of-stats';
import { aPolicy, findingKey } from '../support/builders';
import { startBoth } from '../sandbox/slack/fixture';
import { slackSays } from './support/outbox';

const read = () => Promise.resolve(summary(samples(), new Date('2026-03-02T09:00:00.000Z')));

it('the numbers are answered, and their picture stands in the channel with its description', async () => {
  const uploaded: [NewFile, FilePlace][] = [];
  const upload = async (...one: [NewFile, FilePlace]) => void uploaded.push(one);

  const { blocks } = await statsThrough({ read, upload, policy: aPolicy() })({
    channel: 'C0ALERTS',
  });

  expect(words(blocks)).toContain('The last 30 days');
  const [[file, place]] = uploaded as [[NewFile, FilePlace]];
  expect(place).toEqual({ channel: 'C0ALERTS' });
  expect(file).toMatchObject({
    name: 'drawbridge-2026-03-02.png',
    alt: expect.stringContaining('Two charts of 12 weeks'),
  });
  expect(Buffer.from(file.bytes).toString('latin1', 1, 4)).toBe('PNG');
});

it('the numbers are right without the picture, and say why it is not there', async () => {
  const upload = () => Promise.reject(slackSays('file_uploads_disabled'));

  const { blocks } = await statsThrough({ read, upload, policy: aPolicy() })({
    channel: 'C0ALERTS',
  });

  expect(words(blocks)).toContain('The chart could not be posted: file_uploads_disabled.');
});

it('names no error that is not Slack’s own', async () => {
  const upload = () => Promise.reject(new Error('socket hang up at 10.0.0.1'));

  const { blocks } = await statsThrough({ read, upload, policy: aPolicy() })({
    channel: 'C0ALERTS',
  });

  expect(words(blocks)).toContain('The chart could not be posted: the upload failed.');
});

it('says that the channel is busy when Slack lets nobody post for long', async () => {
  const upload = () => Promise.reject(new Wait(1));

  const { blocks } = await statsThrough({ read, upload, policy: aPolicy() })({
    channel: 'C0ALERTS',
  });

  expect(words(blocks)).toContain('could not be posted: the channel is too busy just now.');
});

it('a file of a case stands in its thread; without a card there is no thread', async () => {
  const here = await startBoth();
  const { ts } = await here.api('chat.postMessage', { channel: 'C0ALERTS', text: 'card' });
  here.clock.advance(2000);
  const card = { channel: 'C0ALERTS', ts: String(ts), shows: '', told: 0 } as CardRecord;
  const client = workClient('xoxb-sandbox', here.workspace.apiUrl);
  const into = (known?: CardRecord) =>
    filesInto(client, { get: async () => known }, async () => {})(
      CaseId.parse(findingKey),
      'f.json',
      '{}',
    );

  expect([await into(card), await into()]).toEqual([true, false]);

  const [, reply] = await here.workspace.driver.messages('C0ALERTS', { thread: String(ts) });
  expect(reply?.files).toMatchObject([{ name: 'f.json', size: 2 }]);
  await here.close();
});
