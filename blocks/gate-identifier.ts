import type { ModalView } from '@slack/types';
import type { IdentifierDraft } from '../src/app/gate/lookers';
import { textInput } from './gate-inputs';
import type { GateForm } from './gate-modals';
import { encodeForm } from './intent';
import { modal } from './modals';
import { bold, code, line, plain, preformatted, rich, t } from './parts';

/** Where each of its words stands in the submitted form. */
export const draftAt = {
  regex: 'regex',
  keywords: 'keywords',
  ignore: 'ignore',
  distance: 'distance',
  sample: 'sample',
} as const;

/** As Macie limits them. */
export const draftLimits = {
  regex: 512,
  keywords: 50,
  ignoreWords: 10,
  distance: { least: 1, most: 300 },
  sample: 1000,
} as const;

/** A custom data identifier to be tried. What was typed before stands in it, but for the sample. */
export const identifierModal = (channel: string, draft?: IdentifierDraft): ModalView => {
  const form: GateForm = { kind: 'gate', run: '', act: 'identifier', channel };
  return modal(
    'Try an identifier',
    [
      rich(
        line(
          t(
            'Macie counts how often a custom data identifier matches a text of yours. Nothing is created by this.',
          ),
        ),
      ),
      textInput({
        block: draftAt.regex,
        label: 'Regular expression',
        hint: 'As Macie knows them, such as EMP-\\d{6}',
        most: draftLimits.regex,
        typed: draft?.regex ?? '',
      }),
      textInput({
        block: draftAt.keywords,
        label: 'Keywords',
        hint: 'With commas between them. One of them must stand near a match.',
        most: 1000,
        optional: true,
        typed: draft?.keywords.join(', ') ?? '',
      }),
      textInput({
        block: draftAt.ignore,
        label: 'Ignore words',
        hint: 'With commas between them. A match that contains one is none.',
        most: 900,
        optional: true,
        typed: draft?.ignoreWords.join(', ') ?? '',
      }),
      textInput({
        block: draftAt.distance,
        label: 'How near a keyword has to be',
        hint: 'Characters, 1 to 300. Macie’s own default is 50.',
        most: 3,
        optional: true,
        typed: draft?.distance === undefined ? '' : String(draft.distance),
      }),
      textInput({
        block: draftAt.sample,
        label: 'A text to try it on',
        hint: 'At most 1,000 characters. Make it up: real data belong in no chat. It is kept nowhere.',
        most: draftLimits.sample,
        multiline: true,
      }),
    ],
    { submit: plain('Try', 24), ...encodeForm(form) },
  );
};

/** How often it matched, the call that creates it, and the lines of the policy that put it to use. */
export const identifierTried = (
  draft: IdentifierDraft,
  matches: number,
  region: string,
): ModalView =>
  modal('Tried', [
    rich(
      line(bold(matches === 1 ? 'One match' : `${matches.toLocaleString('en')} matches`)),
      line(t('Regular expression'), code(draft.regex, 600)),
      line(bold('To create it, somebody with rights in Macie runs')),
    ),
    rich(preformatted(...callOf(draft, region))),
    rich(line(bold('and proposes in'), code('config/drawbridge.yml'))),
    rich(
      preformatted(
        'gate:',
        '  identifiers:',
        '    custom:',
        '      - <the customDataIdentifierId that the call prints>',
      ),
    ),
  ]);

const callOf = (
  { regex, keywords, ignoreWords, distance }: IdentifierDraft,
  region: string,
): string[] => {
  const parts = [
    'aws macie2 create-custom-data-identifier',
    `--region ${region}`,
    `--name ${quoted('name it')}`,
    `--regex ${quoted(regex)}`,
    ...(keywords.length > 0 ? [`--keywords ${keywords.map(quoted).join(' ')}`] : []),
    ...(ignoreWords.length > 0 ? [`--ignore-words ${ignoreWords.map(quoted).join(' ')}`] : []),
    ...(distance === undefined ? [] : [`--maximum-match-distance ${distance}`]),
  ];
  return parts.map(
    (part, index) => `${index === 0 ? '' : '  '}${part}${index === parts.length - 1 ? '' : ' \\'}`,
  );
};

/** For a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
