import { piecesOf, tookEvidence, type EvidenceShelf } from '../../src/app/evidence';
import { link, type Link } from '../../src/domain/audit';
import { CaseId } from '../../src/domain/ids';
import type { Remediation, StepRecord } from '../../src/domain/remediation';
import { hashes } from '../../src/operations/evidence/kept';
import type { Artefact } from '../../src/operations/calls/own';
import { aPlan, aProposal, aRemediation, findingKey, remediationId } from '../support/builders';

const hash = (letter: string): string => letter.repeat(64);

const artefact = (name: string, more: Partial<Artefact> = {}): Artefact => ({
  run: `${remediationId}/0`,
  name,
  key: `evidence/${remediationId}/0-${name}`,
  version: 'v1',
  sha256: hash('a'),
  size: 12,
  at: '2026-03-01T12:00:05.000Z',
  by: 'Rita',
  note: '',
  ...more,
});

const recordOf = (index: number, ...artefacts: Artefact[]): StepRecord => ({
  index,
  status: 'applied',
  attempts: 0,
  after: {
    kept: artefacts.map(({ name, key, version, sha256, size, note }) => ({
      name,
      key,
      version,
      sha256,
      size,
      note,
    })),
  },
});

/** The trail as the runner writes it: a step's outputs are its facts. */
const told = (...artefacts: Artefact[]): Link[] => {
  const facts = Object.fromEntries(
    Object.entries(hashes({ kept: artefacts })).map(([name, value]) => [`output.${name}`, value]),
  );
  return [
    link(undefined, {
      id: 'x',
      type: 'step.applied',
      case: CaseId.parse(findingKey),
      remediation: remediationId,
      at: '2026-03-01T12:00:06.000Z',
      actor: { kind: 'drawbridge' },
      facts: { step: 'Keep', ...facts },
    }),
  ];
};

interface Given {
  recorded?: readonly StepRecord[];
  listed?: readonly Artefact[];
  trail?: readonly Link[];
  /** By key and version. */
  bytes?: Readonly<Record<string, string | Error>>;
}

const looked = ({ recorded = [], listed = [], trail = [], bytes = {} }: Given) => {
  const asked: string[] = [];
  const evidence: EvidenceShelf = {
    list: () => Promise.resolve(listed),
    async hashOf({ key, version }) {
      asked.push(`${key}@${version}`);
      const found = bytes[`${key}@${version}`];
      if (found instanceof Error) throw found;
      return found;
    },
    placeOf: (key) => key,
  };
  const store = { steps: () => Promise.resolve([...recorded]) };
  return { asked, pieces: piecesOf({ store, evidence }, { id: remediationId }, trail) };
};

const one = artefact('metadata.json');
const at = `${one.key}@v1`;
const good: Given = {
  recorded: [recordOf(0, one)],
  listed: [one],
  trail: told(one),
  bytes: { [at]: hash('a') },
};

describe('a piece of evidence', () => {
  it('holds where its bytes, its record and the trail agree', async () => {
    expect(await looked(good).pieces).toEqual([{ ...one, standing: 'holds' }]);
  });

  it.each<[string, Given, string]>([
    ['whose bytes are others now', { bytes: { [at]: hash('b') } }, 'changed'],
    ['that is gone', { bytes: {} }, 'gone'],
    [
      'that was written over',
      { listed: [artefact('metadata.json', { version: 'v2' })] },
      'covered',
    ],
    ['that somebody deleted, before its lock ended', { listed: [] }, 'covered'],
    ['that cannot be read', { bytes: { [at]: new Error('AccessDenied') } }, 'unknown'],
    ['of which the trail does not speak', { trail: [] }, 'unvouched'],
    [
      'of which the trail tells another hash',
      { trail: told({ ...one, sha256: hash('c') }) },
      'unvouched',
    ],
    ['that no step has written down', { recorded: [] }, 'unvouched'],
  ])('%s does not hold (law 10)', async (_, more, standing) => {
    const { pieces } = looked({ ...good, ...more });
    expect((await pieces).map((piece) => [piece.name, piece.standing])).toEqual([
      ['metadata.json', standing],
    ]);
  });

  it('is read in the version that was written down, whatever stands over it', async () => {
    const { asked, pieces } = looked({
      ...good,
      listed: [artefact('metadata.json', { version: 'v2', sha256: hash('f') })],
    });
    expect((await pieces)[0]?.sha256).toBe(hash('a'));
    expect(asked).toEqual([at]);
  });

  it('is vouched for by its own remediation’s links only, and by steps that were applied', async () => {
    const [{ event } = { event: undefined }] = told(one);
    const other = [link(undefined, { ...event!, type: 'step.failed' })];
    const [piece] = await looked({ ...good, trail: other }).pieces;
    expect(piece?.standing).toBe('unvouched');
  });

  it('stands in the order in which it was taken', async () => {
    const names = [
      artefact('z.json', { key: 'k1' }),
      artefact('host.json', { key: 'k10', run: `${remediationId}/10` }),
      artefact('b.txt', { key: 'k2' }),
      artefact('snapshots.json', { key: 'k3', run: `${remediationId}/2` }),
    ];
    const { pieces } = looked({ listed: names });
    expect((await pieces).map(({ name }) => name)).toEqual([
      'b.txt',
      'z.json',
      'snapshots.json',
      'host.json',
    ]);
  });

  it('is not looked for in what other steps leave', async () => {
    const other: StepRecord = { index: 1, status: 'applied', attempts: 0, after: { rules: [] } };
    const failed: StepRecord = { index: 2, status: 'failed', attempts: 0 };
    const { pieces } = looked({ ...good, recorded: [...good.recorded!, other, failed] });
    expect(await pieces).toHaveLength(1);
  });
});

it('evidence is taken by remediations whose plan says so', () => {
  const planned = (operation: string): Remediation =>
    aRemediation({
      proposal: aProposal({
        plan: aPlan({ steps: [{ operation, input: {}, phase: 'evidence' }] }),
      }),
    });
  const { proposal: _, ...early } = planned('x');
  expect(tookEvidence(planned('evidence.capture-console'))).toBe(true);
  expect(tookEvidence(planned('ec2.tag-instance'))).toBe(false);
  expect(tookEvidence(early)).toBe(false);
});
