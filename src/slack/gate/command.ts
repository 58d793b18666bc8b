import { refusalText, answer, type Answer } from '../../../blocks/answers';
import { gateStatus, type ListedRun } from '../../../blocks/gate-status';
import { line, rich, t } from '../../../blocks/parts';
import { admit, type Click } from '../../app/authority';
import { abortAs } from '../../app/gate/by-hand';
import { startAs } from '../../app/gate/start';
import { isLive } from '../../domain/gate/run';
import { CaseId } from '../../domain/ids';
import { nearest } from '../../domain/nearest';
import { unmarked } from '../unmarked';
import type { GateDeskDeps } from './deps';
import { runMeant } from './look';
import { startedWords } from './words';

const verbs = ['run', 'status', 'abort', 'identifier', 'help'] as const;
const usage =
  '/gate run [prefix] takes objects in · /gate status shows the runs · /gate abort <run> [because …] takes one back · /gate identifier test tries an identifier of Macie';

const say = (words: string): Answer => answer(words, rich(line(t(words, 1000))));

/** Answers `/gate …`. Forgiving: no word is status, and a slip gets the nearest word. */
export const answerGate = async (
  deps: GateDeskDeps,
  click: Click,
  said: string,
): Promise<Answer> => {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(unmarked(said)) ?? [];
  const word = first.toLowerCase().slice(0, 40);
  const verb = word === '' ? 'status' : verbs.find((each) => each === word);
  if (!verb) {
    const perhaps = nearest(word, verbs);
    return refusalText(
      `There is no “/gate ${word}”.${perhaps ? ` Did you mean “/gate ${perhaps}”?` : ''} ${usage}`,
    );
  }
  if (verb === 'help' || verb === 'identifier') return say(usage);
  if (!deps.policy.gate)
    return refusalText('There is no gate here: config/drawbridge.yml says none.');
  const admitted = await admit(deps, click, false);
  if (!admitted.ok) return refusalText(admitted.because);
  switch (verb) {
    case 'run': {
      const started = await startAs(deps, click, rest.trim() || undefined);
      return started.kind === 'refused'
        ? refusalText(started.because, started.who, deps.policy)
        : say(startedWords(started));
    }
    case 'status':
      return gateStatus(await listed(deps));
    case 'abort':
      return abort(deps, click, rest);
  }
};

/** Slack is asked for links only where there is room to show them. */
const listed = async (deps: GateDeskDeps): Promise<ListedRun[]> => {
  const live = (await deps.gate.runs(100)).filter(isLive);
  return Promise.all(
    live.map(async (run, index) => {
      const card = index < 15 && (await deps.linkTo(CaseId.parse(run.id)));
      return { run, ...(card && { card }) };
    }),
  );
};

const abort = async (deps: GateDeskDeps, click: Click, said: string): Promise<Answer> => {
  const [, wanted = '', why = ''] =
    /^(\S*)\s*(?:because\b:?)?\s*([\s\S]*)$/i.exec(said.trim()) ?? [];
  if (wanted === '') return refusalText('Name the run: /gate abort gate-… because …');
  const run = await runMeant(deps, wanted);
  if ('because' in run) return refusalText(run.because);
  if (why.trim() === '') return refusalText(`Say why, too: /gate abort ${run.id} because …`);
  const done = await abortAs(deps, run.id, why.trim(), click);
  return done.kind === 'refused'
    ? refusalText(done.because, done.who, deps.policy)
    : say(`✖️ ${run.id} is aborted: its objects return to the raw bucket.`);
};
