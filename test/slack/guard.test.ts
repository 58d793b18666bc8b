import { guard, type RawRequest } from '../../src/slack/guard';
import { form, json, request, secret } from './support/requests';

const body = 'command=%2Fdrawbridge&text=help';
const through = (event: RawRequest, secrets: readonly string[] = [secret]) =>
  guard(event, secrets, new Date());
const refusal = (event: RawRequest, secrets?: readonly string[]) => {
  const guarded = through(event, secrets);
  return guarded.ok ? 'let through' : `${guarded.status} ${guarded.because}`;
};

describe('a signed, fresh, well-formed request', () => {
  it('passes as it is', () => {
    const event = request(body);
    expect(through(event)).toEqual({
      ok: true,
      headers: event.headers,
      body,
      signature: event.headers['x-slack-signature'],
    });
  });

  it('passes with its content type reduced to what Bolt compares', () => {
    const guarded = through(request(body, { type: `${form.toUpperCase()}; charset=utf-8` }));
    expect(guarded).toMatchObject({ ok: true, headers: { 'content-type': form } });
  });

  it('passes with header names in any case, and without those that have no value', () => {
    const { headers, ...event } = request(body);
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    const guarded = through({ ...event, headers: { ...upper, 'X-Nothing': undefined } });
    expect(guarded).toMatchObject({ ok: true, headers });
    expect(guarded.ok && 'x-nothing' in guarded.headers).toBe(false);
  });

  it.each([
    ['a form', form, new URLSearchParams({ text: 'ä 💥 ünïcode' }).toString()],
    ['raw text in a form', form, 'text=ä💥'],
    ['JSON', json, JSON.stringify({ type: 'event_callback', text: 'ä 💥 ünïcode' })],
  ])('passes as base64 of %s with more than ASCII, decoded as UTF-8', (_, type, text) => {
    const guarded = through(request(text, { type, base64: true }));
    expect(guarded).toMatchObject({ ok: true, body: text });
  });

  it.each([299, -299])('passes when it was signed %i seconds from now', (ahead) => {
    expect(through(request(body, { ahead })).ok).toBe(true);
  });

  it('passes under either secret while they are rotated, in any order', () => {
    const secrets = ['the-new-secret-of-slack', secret];
    expect(through(request(body), secrets).ok).toBe(true);
    expect(through(request(body, { secret: 'the-new-secret-of-slack' }), secrets).ok).toBe(true);
    expect(refusal(request(body, { secret: 'an-older-secret' }), secrets)).toBe('401 signature');
  });
});

describe('a request is refused', () => {
  it('when it is signed with another secret', () => {
    expect(refusal(request(body, { secret: 'somebody-elses-secret' }))).toBe('401 signature');
  });

  it('when its body is not the one that was signed', () => {
    expect(refusal({ ...request(body), body: `${body}&text=status` })).toBe('401 signature');
  });

  it('when its time is not the one that was signed', () => {
    const { headers, ...event } = request(body, { ahead: -100 });
    const moved = { ...headers, 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1e3)) };
    expect(refusal({ ...event, headers: moved })).toBe('401 signature');
  });

  it('when its signature is of another version or length', () => {
    const { headers, ...event } = request(body);
    const signature = String(headers['x-slack-signature']);
    for (const other of [signature.replace('v0=', 'v1='), signature.slice(0, -1), '', 'v0='])
      expect(refusal({ ...event, headers: { ...headers, 'x-slack-signature': other } })).toBe(
        '401 signature',
      );
  });

  it.each([
    ['older than five minutes', -310],
    ['a day old', -86_400],
    ['more than five minutes in the future', 310],
    ['a day in the future', 86_400],
  ])('when it is %s', (_, ahead) => {
    expect(refusal(request(body, { ahead }))).toBe('401 timestamp');
  });

  it.each(['', 'now', '1e9', '-1', ' 1772366400', 'NaN', '17723664000000000000'])(
    'when its time is %j',
    (at) => {
      expect(refusal(request(body, { headers: { 'x-slack-request-timestamp': at } }))).toBe(
        '401 timestamp',
      );
    },
  );

  it('when it is not signed at all', () => {
    expect(refusal(request(body, { unsigned: true }))).toBe('401 timestamp');
  });

  it('when it is not signed, even for a check of the certificate', () => {
    expect(refusal(request('ssl_check=1&token=x', { unsigned: true }))).toBe('401 timestamp');
  });

  it('when nothing is configured, or an empty secret', () => {
    expect(refusal(request(body), [])).toBe('401 signature');
    expect(refusal(request(body, { secret: '' }), [''])).toBe('401 signature');
  });

  it.each([
    ['malformed JSON', json, '{"type":'],
    ['JSON that is no object', json, '[1]'],
    ['null', json, 'null'],
    ['nothing', json, ''],
    ['a form with a malformed payload', form, 'payload=%7B'],
    ['a form with a payload that is no object', form, 'payload=1'],
  ])('when it is %s: signed as bad, unsigned as not signed', (_, type, text) => {
    expect(refusal(request(text, { type }))).toBe('400 malformed');
    expect(refusal(request(text, { type, unsigned: true }))).toBe('401 timestamp');
  });

  it.each(['text/plain', 'multipart/form-data', '', 'application/jsonp'])(
    'when its content type is %j',
    (type) => {
      expect(refusal(request(body, { type }))).toBe('415 neither JSON nor a form');
    },
  );

  it.each(['GET', 'PUT', 'HEAD'])('when it is a %s', (method) => {
    expect(refusal(request(body, { method }))).toBe('405 only POST');
  });

  it('when it is larger than Slack’s largest', () => {
    expect(refusal(request('x'.repeat(1_000_001)))).toBe('413 too large');
    expect(through(request('x'.repeat(1_000_000))).ok).toBe(true);
  });

  it('when it is a test event without headers, body or method, and never throws', () => {
    expect(refusal({})).toBe('405 only POST');
    const bare = { requestContext: { http: { method: 'POST' } } };
    expect(refusal(bare)).toBe('415 neither JSON nor a form');
    expect(refusal({ ...bare, headers: { 'content-type': form } })).toBe('401 timestamp');
  });
});
