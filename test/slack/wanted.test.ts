import fc from 'fast-check';
import { instanceIn, readWanted } from '../../src/slack/wanted';
import { account, aPolicy } from '../support/builders';

const other = '444455556666';
const policy = aPolicy({
  accounts: [
    { id: account, name: 'security' },
    { id: other, name: 'prod' },
    { id: '777788889999', name: 'prod west' },
  ],
});
const id = 'i-0123456789abcdef0';
const read = (text: string) => readWanted(text, policy);

describe('an instance in words', () => {
  it.each([
    [id, { instance: id }],
    [`  ${id.toUpperCase()}  `, { instance: id }],
    ['i-123', { instance: 'i-123' }],
    [`\`${id}\``, { instance: id }],
    [`*${id}*,`, { instance: id }],
    [`<http://${id}|${id}>`, { instance: id }],
    [`“${id}” prod`, { instance: id, account: other }],
    [`${id} in account PROD in eu-west-1`, { instance: id, account: other, region: 'eu-west-1' }],
    [`prod west ${id}`, { instance: id, account: '777788889999' }],
    [`${other} ${id}`, { instance: id, account: other }],
    [
      `arn:aws:ec2:us-east-1:${other}:instance/${id}`,
      { instance: id, account: other, region: 'us-east-1' },
    ],
    [
      `arn:aws:ec2:us-east-1:${other}:instance/${id} prod us-east-1`,
      { instance: id, account: other, region: 'us-east-1' },
    ],
    [`${id} ${id}`, { instance: id }],
    [`${id} because it mines, because of it`, { instance: id, reason: 'it mines, because of it' }],
    [`${id} prod Because: it mines`, { instance: id, account: other, reason: 'it mines' }],
    [`${id} because `, { instance: id }],
  ])('%j is understood', (text, wanted) => {
    expect(read(text)).toEqual({ ok: true, wanted });
  });

  it.each([
    ['', 'Name an instance'],
    ['prod', 'Name an instance'],
    ['because it mines', 'Name an instance'],
    ['i-12', 'A beginning needs five characters'],
    ['i-xyz12', '“i-xyz12” is no instance'],
    [`${id}0`, 'is no instance'],
    [`${id} i-0123456789abcdef1`, 'One instance at a time'],
    [`${id} prodd`, 'Did you mean “prod”?'],
    [`${id} quickly`, '“quickly” is neither an account nor a Region. A reason comes after'],
    [`${id} 123412341234`, 'Account 123412341234 is not in the policy'],
    [`arn:aws:ec2:us-east-1:123412341234:instance/${id}`, 'Account 123412341234 is not'],
    [`${id} eu-west-1 us-east-1`, '“us-east-1” is neither'],
    [`${id} prod security`, '“prod” is neither'],
  ])('%j is asked about, never guessed', (text, because) => {
    expect(read(text)).toEqual({ ok: false, because: expect.stringContaining(because) });
  });

  it('is never an error, and what is understood is an id or its beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (text, named) => {
        const reading = read(named ? `${text} ${id}` : text);
        if (reading.ok) expect(reading.wanted.instance).toMatch(/^i-[0-9a-f]{3,17}$/);
        else expect(reading.because).not.toBe('');
      }),
    );
  });

  it('keeps 300 letters of a reason', () => {
    expect(read(`${id} because ${'x'.repeat(900)}`)).toMatchObject({
      wanted: { reason: 'x'.repeat(300) },
    });
  });
});

it('a text names its first whole id', () => {
  expect(instanceIn(`see I-0123456789ABCDEF0 and i-01234567`)).toBe(id);
  expect(instanceIn('i-0a1b2c3d mines')).toBe('i-0a1b2c3d');
  expect(instanceIn('i-012 is no id')).toBeUndefined();
});
