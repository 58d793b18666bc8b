import type { ModalView } from '@slack/types';
import * as z from 'zod/mini';
import { choiceModal, type Choice } from '../../blocks/locate-modals';
import { wordsModal } from '../../blocks/modals';
import { admit, type Click } from '../app/authority';
import type { Lists } from '../app/lists';
import { locate, type Search } from '../app/locate';
import type { Deps } from '../app/ports';
import { auditRefused, mayAskCase, type CaseAsk } from '../app/request-case';
import { mayAsk } from '../app/request';
import { mayRequest } from '../domain/approval';
import { FindingKey } from '../domain/ids';
import { accountLabel } from '../domain/policy';
import { offersFor } from '../domain/playbook';
import { targetOf } from '../domain/target';
import type { Wanted } from '../domain/wanted';
import { underWay } from './answers';
import { planView, previewOf, refusalView } from './previews';
import { releasing } from './releasing';
import { instanceIn, readWanted } from './wanted';

const text = z.string().check(z.maxLength(1000));
const short = z.string().check(z.maxLength(300));

/** What somebody wants contained or released: in words, of a message, or at a place that was found before. */
export const LocateTask = z.object({
  task: z.literal('locate'),
  viewId: z.string(),
  click: z.object({ user: short, team: short, channel: short }),
  wish: z.discriminatedUnion('by', [
    z.object({ by: z.literal('words'), verb: z.enum(['isolate', 'release']), text }),
    z.object({ by: z.literal('message'), finding: z.optional(short), text }),
    z.object({
      by: z.literal('place'),
      playbook: short,
      target: short,
      account: short,
      region: short,
    }),
  ]),
});
type LocateTask = z.infer<typeof LocateTask>;

export interface LocateDeps extends Deps {
  lists: Pick<Lists, 'contained' | 'remediations'>;
}

export const locating = async (deps: LocateDeps, task: LocateTask): Promise<ModalView> => {
  const { click, wish } = task;
  switch (wish.by) {
    case 'place':
      return planFor(deps, wish, click);
    case 'message':
      return ofMessage(deps, wish, click);
    case 'words': {
      const reading = readWanted(wish.text, deps.policy);
      if (!reading.ok) return wordsModal('Not understood', reading.because);
      return wish.verb === 'release'
        ? releasing(deps, reading.wanted, click)
        : isolating(deps, reading.wanted, click);
    }
  }
};

/** The playbook that the command stands for. */
const playbookOf = ({ offers }: Pick<Deps, 'offers'>): string =>
  offers.find(({ command }) => command === 'isolate')?.id ?? 'isolate';

/** Nobody looks around in the accounts who may not ask for anything there. */
const isolating = async (deps: LocateDeps, wanted: Wanted, click: Click): Promise<ModalView> => {
  const { person, ...admitted } = await admit(deps, click, false);
  const allowed = admitted.ok ? mayRequest(person) : admitted;
  const playbook = playbookOf(deps);
  if (!allowed.ok) {
    await auditRefused(deps, { playbook, target: wanted.instance }, person, allowed.because);
    return refusalView(deps, allowed);
  }
  const search = await locate(deps, wanted, { name: person.name, remediation: 'locate' });
  const { found, unasked } = search;
  const exact = found.find(({ target }) => target.id === wanted.instance);
  const only = exact ?? (found.length === 1 ? found[0] : undefined);
  if (!only) return manyOrNone(deps, wanted, search, playbook);
  const { id: target, account, region } = only.target;
  const notes = exact ? [] : unasked.map((each) => `Could not be asked: ${each}`);
  const beside = { notes, reason: wanted.reason };
  return planFor(deps, { playbook, target, account, region }, click, beside);
};

const manyOrNone = (
  { policy }: Pick<Deps, 'policy'>,
  { instance }: Wanted,
  { found, unasked, asked }: Search,
  playbook: string,
): ModalView => {
  const notes = unasked.map((each) => `could not be asked: ${each}`);
  const choices = found.map(({ target, name, state }): Choice => ({
    words: `${target.id}${name ? ` “${name}”` : ''}, ${state}, ${accountLabel(policy, target.account)}, ${target.region}`,
    click: { ...target, kind: 'case.preview', playbook, target: target.id },
    label: target.id,
  }));
  const words =
    found.length > 0
      ? `${found.length} instances begin with ${instance}. Which one?`
      : `No instance ${instance} is in the ${asked} ${asked === 1 ? 'place' : 'places'} that answered.`;
  return choiceModal('Isolate', words, choices, notes);
};

const planFor = async (
  deps: LocateDeps,
  ask: CaseAsk,
  click: Click,
  beside: { notes?: readonly string[]; reason?: string | undefined } = {},
): Promise<ModalView> => {
  const may = await mayAskCase(deps, ask, click);
  if (may.kind === 'refused') return refusalView(deps, may);
  if (may.kind !== 'ask') return wordsModal('Already asked', underWay(may.remediation));
  const { offer } = may;
  const { id: target, account, region } = offer.target;
  const form = { kind: 'case.request', playbook: offer.offer.id, target, account, region } as const;
  const { user, channel } = click;
  return planView(deps, { offer, form: { ...form, channel }, user }, beside);
};

/** The instance of the finding whose card it is; else the first one that the message names. */
const ofMessage = async (
  deps: LocateDeps,
  { finding, text: said }: { finding?: string | undefined; text: string },
  click: Click,
): Promise<ModalView> => {
  const playbook = playbookOf(deps);
  const key = FindingKey.safeParse(finding);
  const record = key.success ? await deps.store.finding(key.data) : undefined;
  const offer =
    record && offersFor(deps.offers, record.finding).find(({ offer: { id } }) => id === playbook);
  if (record && offer) {
    const ask = { finding: record.finding.key, playbook, target: offer.target.id };
    return ofFinding(deps, ask, click);
  }
  const [target] = (record?.finding.resources ?? []).flatMap((resource) =>
    record && resource.kind === 'AwsEc2Instance' ? (targetOf(record.finding, resource) ?? []) : [],
  );
  if (target) return planFor(deps, { ...target, playbook, target: target.id }, click);
  const instance = instanceIn(said);
  return instance
    ? isolating(deps, { instance }, click)
    : wordsModal('Not possible', 'This message names no instance. Type /isolate i-… instead.');
};

const ofFinding = async (
  deps: LocateDeps,
  ask: { finding: string; playbook: string; target: string },
  click: Click,
): Promise<ModalView> => {
  const may = await mayAsk(deps, ask, click);
  if (may.kind === 'refused') return refusalView(deps, may);
  if (may.kind !== 'ask') return wordsModal('Already asked', underWay(may.remediation));
  return previewOf(deps, { ask, user: click.user, channel: click.channel });
};
