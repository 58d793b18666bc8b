import { captureMemory } from '../../src/operations/evidence/capture-memory';
import { aHost, refused } from './a-host';

describe('a host that cannot be asked', () => {
  it.each([
    [{ ping: 'none' } as const, 'Systems Manager does not manage this host'],
    [
      { ping: 'ConnectionLost' } as const,
      'Systems Manager does not reach this host (ConnectionLost)',
    ],
  ])('is written down as that, and the step is done: %o', async (given, said) => {
    const { apply, called, holds, note, value } = aHost(given);

    await apply();

    expect([note(), await holds()]).toEqual([said, true]);
    expect(value().sections).toEqual([]);
    expect(called('ssm:SendCommand')).toEqual([]);
  });

  it.each(['InvalidInstanceId', 'InvalidDocument', 'AccessDeniedException'])(
    'because SSM says %s is written down as that',
    async (code) => {
      const { apply, holds, note } = aHost({}, { 'ssm:SendCommand': refused(code) });
      await apply();
      expect(note()).toBe(`the host could not be asked: ${code}: ${code} from AWS`);
      expect(await holds()).toBe(true);
    },
  );

  it('is asked all the same where we may not see whether it is managed', async () => {
    const denied = { 'ssm:DescribeInstanceInformation': refused('AccessDeniedException') };
    const { apply, sent } = aHost({}, denied);
    await apply();
    expect(sent).toHaveLength(1);
  });

  it('for a moment only is asked again by the next try', async () => {
    const busy = refused('ThrottlingException');
    const { apply, names } = aHost({}, { 'ssm:SendCommand': busy });
    await expect(apply()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(names()).toEqual([]);
  });
});

describe('the memory of a host', () => {
  it('is captured by the account’s own document', async () => {
    const { apply, artefact, sent } = aHost({}, {}, captureMemory);
    await apply();
    await apply();
    expect(sent.map(({ document }) => document)).toEqual(['Drawbridge-Memory']);
    expect(artefact('memory.json')?.note).toBe('');
  });

  it('is not, where the account has none: nothing is built on the host', async () => {
    const { apply, holds, note } = aHost({ documents: [] }, {}, captureMemory);
    await apply();
    expect(note()).toMatch(/^the host could not be asked: InvalidDocument/);
    expect(await holds()).toBe(true);
  });
});
