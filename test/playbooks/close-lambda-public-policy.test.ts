import type { Plan } from '../../src/domain/plan';
import { permission } from '../operations/samples/lambda';
import { account } from '../support/builders';
import {
  look,
  planOf,
  inputOf,
  changeOf,
  all,
  partner,
  url,
  viaUrl,
  events,
  own,
  topic,
} from './open-function';
import { functionWith } from './samples/close-lambda-public-policy';

describe('a statement for everybody', () => {
  it.each<[string, Parameters<typeof functionWith>[0]]>([
    ['without a condition', all],
    ['of a URL without sign-in', url],
    ['of a URL with sign-in: any account may sign in', { ...url, FunctionUrlAuthType: 'AWS_IAM' }],
    ['by way of the URL', viaUrl],
    ['with a wildcard for an account', { ...all, SourceArn: 'arn:aws:execute-api:*:*:api/*' }],
    ['with a wildcard for an organisation', { ...all, PrincipalOrgID: 'o-*' }],
  ])('is removed, and nothing else: %s', async (_, open) => {
    const plan = await planOf(functionWith(partner, open, topic));

    expect(changeOf(plan)).toEqual({ remove: [open.StatementId], add: [] });
    expect(plan.effects.map(({ after }) => after)).toEqual(['removed']);
  });

  it.each<[string, Parameters<typeof functionWith>[0]]>([
    ['an organisation', { ...all, PrincipalOrgID: 'o-1234567890' }],
    ['an account', { ...all, SourceAccount: account }],
    ['one source', { ...all, SourceArn: `arn:aws:sqs:eu-west-1:${account}:q` }],
  ])('is kept where it is bound to %s', async (_, bound) => {
    expect(await look(functionWith(bound))).toEqual({
      kind: 'compliant',
      because: 'The policy of resize lets nobody in whom it does not name.',
    });
  });

  it('is told before it goes, word by word', async () => {
    expect((await planOf(functionWith(url))).effects).toEqual([
      {
        what: 'Statement “FunctionURLAllowPublicAccess”',
        before: 'lets everybody lambda:InvokeFunctionUrl, if lambda:functionurlauthtype is NONE',
        after: 'removed',
      },
    ]);
  });
});

describe('a statement for S3', () => {
  it('is narrowed to the function’s own account, not dropped', async () => {
    const plan = await planOf(functionWith(events, partner));

    expect(inputOf(plan)).toEqual({
      function: 'resize',
      remove: [permission(events)],
      add: [permission({ ...events, StatementId: 's3-own-account', SourceAccount: account })],
    });
    expect(plan.effects).toEqual([
      {
        what: 'Statement “s3”',
        before:
          'lets s3.amazonaws.com lambda:InvokeFunction, if aws:sourcearn is arn:aws:s3:::acme-raw',
        after: `only for account ${account}, as “s3-own-account”`,
      },
    ]);
  });

  it.each<[string, object]>([
    ['no bucket', { SourceArn: undefined }],
    ['every bucket', { SourceArn: 'arn:aws:s3:::*' }],
    ['what is no ARN', { SourceArn: '*' }],
    ['an account that is a wildcard', { SourceArn: undefined, SourceAccount: '*' }],
  ])('is narrowed where it names %s', async (_, more) => {
    const { add } = inputOf(await planOf(functionWith({ ...events, ...more })));

    const bound = { operator: 'stringequals', key: 'aws:sourceaccount', values: [account] };
    expect(add[0]?.conditions.filter(({ key }) => key === 'aws:sourceaccount')).toEqual([bound]);
  });

  it.each<[string, object]>([
    ['an account', { SourceAccount: '999988887777' }],
    [
      'an access point, whose ARN has one',
      { SourceArn: `arn:aws:s3:eu-west-1:${account}:accesspoint/a` },
    ],
  ])('is kept where it names %s', async (_, more) => {
    expect((await look(functionWith({ ...events, ...more }))).kind).toBe('compliant');
  });

  it('leaves out what another statement says already', async () => {
    const plan = await planOf(functionWith(events, own, { ...events, StatementId: 'again' }));

    expect(changeOf(plan)).toEqual({ remove: ['again', 's3'], add: [] });
    expect(plan.effects[0]?.after).toBe(
      `removed: another statement says it for account ${account} only`,
    );
  });

  it('says the same once for two that say the same', async () => {
    const plan = await planOf(functionWith(events, { ...events, StatementId: 'again' }));

    expect(changeOf(plan)).toEqual({ remove: ['again', 's3'], add: ['again-own-account'] });
  });

  it('gets a name that is free, and not too long', async () => {
    const taken = [
      { ...partner, StatementId: 's3-own-account' },
      { ...partner, StatementId: 's3-own-account-2' },
    ];
    const long = { ...events, StatementId: 'x'.repeat(100) };

    expect(changeOf(await planOf(functionWith(events, ...taken))).add).toEqual([
      's3-own-account-3',
    ]);
    expect(changeOf(await planOf(functionWith(long))).add).toEqual([
      `${'x'.repeat(80)}-own-account`,
    ]);
  });

  it('warns of buckets that are not known to be of the account', async () => {
    const other = { ...events, StatementId: 'other', SourceArn: 'arn:aws:s3:::elsewhere' };
    const plan = await planOf(functionWith(events, other, { ...other, StatementId: 'again' }));

    expect(plan.warnings).toContain(
      `Events stop from buckets that are not known to be of account ${account}: elsewhere.`,
    );
  });

  it('warns of a wildcard that may go on to be counted', async () => {
    const wild = { ...events, SourceArn: 'arn:aws:s3:::acme-*' };
    const warned = ({ warnings }: Plan) =>
      warnings.filter((each) => each.startsWith('Security Hub may'));

    expect(warned(await planOf(functionWith(wild)))).toEqual([
      'Security Hub may go on to count statements with a wildcard in their SourceArn: “s3-own-account”.',
    ]);
    expect(warned(await planOf(functionWith(events)))).toEqual([]);
  });
});

describe('a warning', () => {
  it.each([
    [
      'NONE' as const,
      /^FUNCTION URL: https:\/\/abc\S+ is open to the internet, perhaps on purpose\./,
    ],
    ['AWS_IAM' as const, /^FUNCTION URL: callers of https:\/\/abc\S+ from other accounts get 403/],
  ])('is loud where a URL with %s stops', async (auth, words) => {
    const lambda = functionWith(url, viaUrl);
    lambda.functions.get('resize')!.url = auth;

    const { warnings, blastRadius } = await planOf(lambda);

    expect(warnings[0]).toMatch(words);
    expect(warnings.some((each) => each.startsWith('Callers that came in'))).toBe(false);
    expect(blastRadius[1]).toMatch(/^It has a URL, https:\/\/abc\S+ with (no|IAM) sign-in\.$/);
  });

  it('is not of a URL that stays', async () => {
    const lambda = functionWith(all);
    lambda.functions.get('resize')!.url = 'AWS_IAM';

    expect((await planOf(lambda)).warnings[0]).toMatch(/^Callers that came in through “\*” stop/);
  });

  it('names services that any account may use, which stay', async () => {
    const open = { StatementId: 'open', Principal: 'sns.amazonaws.com' };
    const skill = {
      StatementId: 'skill',
      Principal: 'alexa-appkit.amazon.com',
      EventSourceToken: 'amzn1.ask.skill.1',
    };
    const { warnings, keeps } = await planOf(functionWith(all, open, topic, own, skill));

    expect(warnings.filter((each) => each.startsWith('Any account'))).toEqual([
      expect.stringMatching(/^Any account may call through the service in “open”, which/),
    ]);
    expect(keeps).toContain('Statement “open” lets sns.amazonaws.com lambda:InvokeFunction.');
  });
});
