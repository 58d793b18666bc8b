import { createHmac } from 'node:crypto';
import { entrance } from '../../src/slack/entrance';
import type { SlackSecrets } from '../../src/slack/secrets';

const at = new Date('2026-03-01T12:00:00Z');
const body = 'command=%2Fdrawbridge';

const secretsWith = (signingSecret: string): SlackSecrets => ({
  botToken: 'xoxb-1',
  signingSecret,
  appId: 'A1',
  botId: 'B1',
  botUserId: 'U1',
});

const signedWith = (secret: string) => {
  const seconds = String(at.getTime() / 1000);
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`,
    },
    requestContext: { http: { method: 'POST' } },
  };
};

describe('the entrance', () => {
  it('takes up a rotated secret with the first request that is signed by it', async () => {
    const asked: boolean[] = [];
    const enter = entrance(
      async (anew) => {
        asked.push(anew);
        return secretsWith(anew ? 'the-secret-after-rotation' : 'the-secret-before-it');
      },
      () => at,
    );

    const { guarded, known } = await enter(signedWith('the-secret-after-rotation'));

    expect(guarded.ok).toBe(true);
    expect(known.signingSecret).toBe('the-secret-after-rotation');
    expect(asked).toEqual([false, true]);
  });

  it('does not let forged requests ask for the secrets more than once in half a minute', async () => {
    const anewAt: number[] = [];
    let now = at;
    const enter = entrance(
      async (anew) => {
        if (anew) anewAt.push(now.getTime());
        return secretsWith('the-secret-that-stays');
      },
      () => now,
    );

    for (const seconds of [0, 1, 29, 30, 31]) {
      now = new Date(at.getTime() + seconds * 1000);
      expect((await enter(signedWith('not-the-secret-at-all'))).guarded.ok).toBe(false);
    }

    expect(anewAt).toEqual([at.getTime(), at.getTime() + 30_000]);
  });

  it('asks for nothing when the request is wrong in another way', async () => {
    const asked: boolean[] = [];
    const enter = entrance(
      async (anew) => {
        asked.push(anew);
        return secretsWith('the-secret-that-stays');
      },
      () => new Date(at.getTime() + 86_400_000),
    );

    expect((await enter(signedWith('the-secret-that-stays'))).guarded).toMatchObject({
      because: 'timestamp',
    });
    expect(asked).toEqual([false]);
  });
});
