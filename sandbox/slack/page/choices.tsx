/// <reference lib="dom" />
import { offeredOptions } from '../blockkit/options';
import { asText, isJson, objects, type Json } from '../json';
import { Text, wordsOf } from './text';
import { useViewer } from './viewer';

export interface ChoiceProps {
  element: Json;
  label: string;
  value: string | string[] | undefined;
  choose: (value: string | string[]) => void;
}

const valueOf = (option: unknown): string =>
  isJson(option) ? (asText(option['value']) ?? '') : '';

/** The options of a menu: the app's own, or the workspace's people or channels. */
function useOffers(element: Json): { value: string; label: string }[] {
  const { state } = useViewer();
  const type = String(element['type']).replace('multi_', '');
  if (type === 'users_select') {
    return state.people.map((one) => ({ value: one.id, label: one.realName }));
  }
  if (type === 'channels_select' || type === 'conversations_select') {
    return state.channels.map((one) => ({ value: one.id, label: `#${one.name}` }));
  }
  return offeredOptions(element).map((option) => ({
    value: valueOf(option),
    label: wordsOf(option['text']),
  }));
}

/** A native select: keyboards, screen readers and browser tests know it. */
export function Menu({ element, label, value, choose }: ChoiceProps) {
  const offers = useOffers(element);
  const multiple = String(element['type']).startsWith('multi_');
  const named = ['initial_user', 'initial_channel', 'initial_conversation'].map((key) =>
    asText(element[key]),
  );
  const first = named.find((one) => one !== undefined) ?? valueOf(element['initial_option']);
  const initial = multiple ? objects(element['initial_options']).map(valueOf) : first;
  return (
    <select
      className="menu"
      aria-label={label}
      data-testid={`action-${String(element['action_id'])}`}
      multiple={multiple}
      value={value ?? initial}
      onChange={({ target }) =>
        choose(multiple ? [...target.selectedOptions].map((one) => one.value) : target.value)
      }
    >
      {!multiple && (
        <option value="">{wordsOf(element['placeholder']) || 'Choose an option'}</option>
      )}
      {offers.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

/** Radio buttons and checkboxes. */
export function Ticks({ element, label, value, choose }: ChoiceProps) {
  const several = element['type'] === 'checkboxes';
  const initial = several
    ? objects(element['initial_options']).map(valueOf)
    : valueOf(element['initial_option']);
  const now = value ?? initial;
  const chosen = Array.isArray(now) ? now : [now];
  const toggle = (one: string): void => {
    if (!several) return choose(one);
    choose(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  };
  return (
    <fieldset
      className="ticks"
      aria-label={label}
      data-testid={`action-${String(element['action_id'])}`}
    >
      {offeredOptions(element).map((option) => (
        <label key={valueOf(option)}>
          <input
            type={several ? 'checkbox' : 'radio'}
            checked={chosen.includes(valueOf(option))}
            value={valueOf(option)}
            onChange={() => toggle(valueOf(option))}
          />
          <span>
            <Text of={option['text']} />
            {option['description'] !== undefined && (
              <small>
                <Text of={option['description']} />
              </small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The three dots. The chosen entry is sent at once and not kept. */
export function Overflow({ element, label, choose }: ChoiceProps) {
  return (
    <details className="overflow" data-testid={`action-${String(element['action_id'])}`}>
      <summary aria-label={label || 'More'}>⋯</summary>
      <div role="menu">
        {offeredOptions(element).map((option) => (
          <button
            key={valueOf(option)}
            type="button"
            role="menuitem"
            onClick={({ currentTarget }) => {
              currentTarget.closest('details')?.removeAttribute('open');
              choose(valueOf(option));
            }}
          >
            {wordsOf(option['text'])}
          </button>
        ))}
      </div>
    </details>
  );
}
