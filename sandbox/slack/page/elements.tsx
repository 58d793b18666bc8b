/// <reference lib="dom" />
import { asText, type Json } from '../json';
import { Menu, Overflow, Ticks, type ChoiceProps } from './choices';
import { wordsOf } from './text';
import { useViewer, type Hands } from './viewer';

interface Props {
  element: Json;
  blockId: string;
  hands: Hands;
  label?: string;
  /** In an input block a choice waits for the submission, unless the block dispatches it. */
  waits?: boolean;
}

const htmlType: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** One interactive element. The library only draws these, so they are made here. */
export function Element(props: Props) {
  const { element, blockId, hands, waits } = props;
  const { confirm } = useViewer();
  const type = String(element['type']);
  const actionId = String(element['action_id']);
  const key = `${blockId}.${actionId}`;
  const label =
    props.label ?? asText(element['accessibility_label']) ?? wordsOf(element['placeholder']);
  const act = async (value?: string | string[]): Promise<void> => {
    const dialog = element['confirm'] as Json | undefined;
    if (dialog !== undefined && !(await confirm(dialog))) return;
    hands.act({ actionId, blockId, ...(value === undefined ? {} : { value }) });
  };
  const choose = (value: string | string[]): void => {
    if (type !== 'overflow') hands.set(key, value);
    if (!waits) void act(value);
  };
  const choice: ChoiceProps = { element, label, value: hands.values[key], choose };

  if (type === 'button')
    return <Button {...props} press={() => void act(asText(element['value']))} />;
  if (type === 'image') return <Picture of={element} />;
  if (type === 'overflow') return <Overflow {...choice} />;
  if (type === 'radio_buttons' || type === 'checkboxes') return <Ticks {...choice} />;
  if (type.endsWith('_select')) return <Menu {...choice} />;
  return <Field {...choice} enter={() => void (waits ? undefined : act(choice.value))} />;
}

/** Pictures from elsewhere are not fetched: the sandbox stays on loopback. */
const Picture = ({ of }: { of: Json }) => (
  <span className="picture" role="img" aria-label={asText(of['alt_text']) ?? ''} />
);

/** With a url it opens that too; Slack still tells the app of the click. */
function Button({ element, label, press }: Props & { press: () => void }) {
  const url = asText(element['url']);
  const shared = {
    className: `button ${asText(element['style']) ?? ''}`,
    'data-testid': `action-${String(element['action_id'])}`,
    'aria-label': asText(element['accessibility_label']) ?? label,
    onClick: press,
  };
  const text = wordsOf(element['text']);
  if (url === undefined || !/^https?:/.test(url)) {
    return (
      <button type="button" {...shared}>
        {text}
      </button>
    );
  }
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" {...shared}>
      {text}
    </a>
  );
}

/** Text, numbers, dates and times. */
function Field({ element, label, value, choose, enter }: ChoiceProps & { enter: () => void }) {
  const initial = ['initial_value', 'initial_date', 'initial_time'].map((key) => element[key]);
  const shared = {
    className: 'field',
    'aria-label': label,
    'data-testid': `action-${String(element['action_id'])}`,
    placeholder: wordsOf(element['placeholder']),
    value: asText(value) ?? asText(initial.find((one) => one !== undefined)) ?? '',
  };
  if (element['multiline'] === true || element['type'] === 'rich_text_input') {
    return <textarea rows={4} {...shared} onChange={({ target }) => choose(target.value)} />;
  }
  return (
    <input
      type={htmlType[String(element['type'])] ?? 'text'}
      {...shared}
      onChange={({ target }) => choose(target.value)}
      onKeyDown={(event) => event.key === 'Enter' && enter()}
    />
  );
}
