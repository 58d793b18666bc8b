import type { ModalView } from '@slack/types';
import { refusalText } from '../../../blocks/answers';
import { chooseModal } from '../../../blocks/gate-choose';
import { identifierModal } from '../../../blocks/gate-identifier';
import { abortModal, decideAllModal, resumeModal } from '../../../blocks/gate-modals';
import { sampleModal, samplesModal } from '../../../blocks/gate-samples';
import { spareModal } from '../../../blocks/gate-spare';
import { modal, wordsModal } from '../../../blocks/modals';
import { admit, type Click } from '../../app/authority';
import { mayDo, needs } from '../../app/gate/may';
import { samplesAs } from '../../app/gate/samples';
import { maySpare } from '../../app/gate/spare';
import { startAs } from '../../app/gate/start';
import { filterOf } from '../../domain/gate/filter';
import { ObjectRef } from '../../domain/gate/object';
import type { GateRun } from '../../domain/gate/run';
import { GateRunId } from '../../domain/ids';
import type { Role } from '../../domain/person';
import type { Gate } from '../../domain/policy/gate';
import type { GateDeskDeps } from './deps';
import { heldAt, pageOf } from './look';
import type { GateWish } from './task';
import { startedWords } from './words';

export const no = (because: string): ModalView => wordsModal('Not possible', `✋ ${because}`);

/** A no with those who could say yes. */
export const refused = (
  { policy }: Pick<GateDeskDeps, 'policy'>,
  { because, who }: { because: string; who?: Role },
): ModalView => modal('Not possible', refusalText(because, who, policy).blocks);

/** What a pressed button of the gate opens, or what it did. Nothing is decided by it: that takes a form (D34). */
export const windowOf = async (deps: GateDeskDeps, wish: GateWish): Promise<ModalView> => {
  const { act, click } = wish;
  const { gate } = deps.policy;
  if (!gate) return no('The policy has no gate.');
  if (act === 'identifier') return identifier(deps, gate, click);
  const id = GateRunId.safeParse(wish.run);
  const run = id.success ? await deps.gate.run(id.data) : undefined;
  if (!run) return no('This run is not known here.');
  switch (act) {
    case 'approve':
    case 'deny':
    case 'delete':
      return decideAll(deps, run, act, click);
    case 'choose':
    case 'samples':
    case 'sample':
      return look(deps, gate, run, wish);
    case 'abort':
      return allowed(deps, run, click, 'abort', gate.start, () => abortModal(run, click.channel));
    case 'resume':
      return allowed(deps, run, click, 'resume', gate.start, () =>
        resumeModal(run, act, click.channel),
      );
    case 'reopen':
      return allowed(deps, run, click, 'reopen', gate.decide, () =>
        resumeModal(run, act, click.channel),
      );
    case 'run': {
      const started = await startAs(deps, click, run.prefix);
      return started.kind === 'refused'
        ? refused(deps, started)
        : wordsModal('Run', startedWords(started));
    }
    case 'spare': {
      const may = await maySpare(deps, run.id, click);
      return may.kind === 'refused' ? refused(deps, may) : spareModal(run, click.channel);
    }
    case 'create':
      return no('This button is from an older message. Use the newest card.');
  }
};

const identifier = async (deps: GateDeskDeps, gate: Gate, click: Click): Promise<ModalView> => {
  const may = await mayTry(deps, gate, click);
  return may === undefined ? identifierModal(click.channel) : refused(deps, may);
};

/** Whoever may start runs or decide about them may try what Macie would find. `undefined` is a yes. */
export const mayTry = async (
  deps: GateDeskDeps,
  { start, decide }: Gate,
  click: Click,
): Promise<{ because: string; who?: Role } | undefined> => {
  const { person, ...admitted } = await admit(deps, click, false);
  if (!admitted.ok) return admitted;
  return person.roles.includes(start) ? undefined : needs(person, decide, 'try identifiers');
};

const allowed = async (
  deps: GateDeskDeps,
  { id }: GateRun,
  click: Click,
  what: string,
  role: Role,
  view: () => ModalView,
): Promise<ModalView> => {
  const refusal = { type: 'gate.decision-refused', what } as const;
  const may = await mayDo(deps, id, click, refusal, ({ person }) =>
    needs(person, role, `${what} a run`),
  );
  return may.kind === 'refused' ? refused(deps, may) : view();
};

const decideAll = async (
  deps: GateDeskDeps,
  { id }: GateRun,
  verdict: 'approve' | 'deny' | 'delete',
  click: Click,
): Promise<ModalView> => {
  const refusal = { type: 'gate.decision-refused', what: verdict } as const;
  const may = await mayDo(deps, id, click, refusal, ({ run, rule, person }) =>
    run.status.state === 'review'
      ? needs(person, rule.decide, 'decide what is held')
      : { because: `There is nothing to decide: this run is ${run.status.state}.` },
  );
  if (may.kind === 'refused') return refused(deps, may);
  const { run, rule: gate } = may;
  const decisions = await deps.gate.decisions(id);
  const yes = decisions
    .filter((each) => each.verdict === 'approve' && each.scope.kind === 'all')
    .map(({ by }) => by.name);
  return decideAllModal(verdict, { run, gate, yes: [...new Set(yes)] }, click.channel);
};

/** Held objects are shown to members in channels of ours; samples to those who may see them. */
const look = async (
  deps: GateDeskDeps,
  gate: Gate,
  run: GateRun,
  { act, at, filter, click }: GateWish,
): Promise<ModalView> => {
  if (act === 'sample') return sample(deps, run, at, click);
  const { person, ...admitted } = await admit(deps, click, false);
  if (!admitted.ok) return refused(deps, admitted);
  if (act === 'choose') {
    const page = await pageOf(deps, gate, run, filterOf(filter), at);
    return chooseModal(page, click.channel, gate.deletion);
  }
  const lacking = needs(person, gate.samples, 'see samples');
  if (lacking) return refused(deps, lacking);
  const page = await pageOf(deps, gate, run, filterOf(filter), at, hasFindings);
  return samplesModal(page, click.channel);
};

const hasFindings: Parameters<typeof pageOf>[5] = ({ verdict }) =>
  'findings' in verdict && verdict.findings.length > 0;

const sample = async (
  deps: GateDeskDeps,
  run: GateRun,
  at: string | undefined,
  click: Click,
): Promise<ModalView> => {
  const ref = ObjectRef.safeParse(at);
  if (!ref.success) return no('This object is not held here.');
  const find = (wanted: ObjectRef) => heldAt(deps, run.id, wanted);
  const looked = await samplesAs(deps, { run: run.id, ref: ref.data }, find, click);
  if (looked.kind === 'refused') return refused(deps, looked);
  const { ref: of, key } = looked.held;
  return sampleModal({ run: run.id, ref: of, key }, looked.found, click.channel);
};
