import { captureConsole } from '../../src/operations/evidence/capture-console';
import { writeManifest } from '../../src/operations/evidence/write-manifest';
import { awsError, MemoryAws } from '../support/memory-aws';
import { memoryConsole } from '../support/memory-console';
import { memoryEvidence } from '../support/memory-evidence';
import { manifest, screen } from './samples/evidence';
import { run, taken } from './taken';

describe('the console', () => {
  it('is kept as text and as a picture', async () => {
    const { text, names, artefact } = await taken(captureConsole, screen, memoryConsole());
    expect(names()).toEqual(['console-output.txt', 'console-screenshot.jpg']);
    expect(text('console-output.txt')).toBe('login:');
    expect(artefact('console-screenshot.jpg')).toMatchObject({ size: 3, note: '' });
  });

  it('of older hardware is what it showed some minutes ago', async () => {
    const { text } = await taken(captureConsole, screen, memoryConsole({ latest: false }));
    expect(text('console-output.txt')).toBe('login:');
  });

  it('that AWS has nothing of is said to be so', async () => {
    const { artefact } = await taken(captureConsole, screen, memoryConsole({ text: '' }));
    expect(artefact('console-output.txt')).toMatchObject({
      note: 'AWS has no console output of it',
    });
  });

  it('without a screen is kept with the reason, and the step is done', async () => {
    const world = memoryConsole({ screen: false });
    const { names, artefact, state } = await taken(captureConsole, screen, world);
    expect(names()).toEqual(['console-output.txt', 'console-screenshot.txt']);
    expect(artefact('console-screenshot.txt')?.note).toBe(
      'UnsupportedOperation: UnsupportedOperation from AWS',
    );
    expect(captureConsole.holds(state, screen)).toBe(true);
  });

  it('that we may not see is kept as that', async () => {
    const denied = (): never => {
      throw awsError('UnauthorizedOperation', { $fault: 'client' });
    };
    const world = { 'ec2:GetConsoleOutput': denied, 'ec2:GetConsoleScreenshot': denied };
    const { artefact, state } = await taken(captureConsole, screen, world);
    expect(artefact('console-output.txt')?.note).toContain('UnauthorizedOperation');
    expect(captureConsole.holds(state, screen)).toBe(true);
  });

  it('without a picture in the answer is no picture', async () => {
    const world = { ...memoryConsole(), 'ec2:GetConsoleScreenshot': () => ({}) };
    const { artefact } = await taken(captureConsole, screen, world);
    expect(artefact('console-screenshot.txt')?.note).toBe('AWS gave no picture');
  });

  it.each([true, false])(
    'is woken by a keystroke only where the plan says so: %s',
    async (wakeUp) => {
      const { aws } = await taken(captureConsole, { ...screen, wakeUp }, memoryConsole());
      const calls = aws.calls.filter(({ name }) => name === 'ec2:GetConsoleScreenshot');
      expect(calls.map(({ input }) => input)).toEqual([{ InstanceId: 'i-1', WakeUp: wakeUp }]);
    },
  );
});

describe('the manifest', () => {
  it('names all that was kept for the remediation, with hash, size, time, person and gaps', async () => {
    const evidence = memoryEvidence();
    const aws = new MemoryAws(memoryConsole({ screen: false }), evidence.handlers);
    const other = 'rem-0000000000/1';
    await captureConsole.apply(aws, screen, await captureConsole.read(aws, screen, other), other);

    await writeManifest.apply(aws, manifest, await writeManifest.read(aws, manifest, run), run);

    expect(JSON.parse(evidence.text('manifest.json'))).toEqual({
      remediation: 'rem-0000000000',
      instanceId: 'i-1',
      artefacts: ['console-output.txt', 'console-screenshot.txt'].map(evidence.artefact),
    });
  });
});
