/// <reference lib="dom" />
import { asList, asText, isJson, objects, type Json } from '../json';
import { placedElements } from '../view-state';
import { Element } from './elements';
import { Table } from './table';
import { Drawn, Text, wordsOf } from './text';
import type { Hands } from './viewer';

interface Props {
  block: Json;
  hands: Hands;
}

const idOf = (block: Json): string => asText(block['block_id']) ?? '';

export function Blocks({ blocks, hands }: { blocks: readonly Json[]; hands: Hands }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <OneBlock key={idOf(block) || index} block={block} hands={hands} />
      ))}
    </div>
  );
}

function OneBlock({ block, hands }: Props) {
  switch (block['type']) {
    case 'section':
      return <Section block={block} hands={hands} />;
    case 'header':
      return (
        <h3 className="b-header">
          <Text of={block['text']} />
        </h3>
      );
    case 'divider':
      return <hr />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
      return (
        <div className="b-actions">
          {objects(block['elements']).map((element) => (
            <Element
              key={String(element['action_id'])}
              element={element}
              blockId={idOf(block)}
              hands={hands}
            />
          ))}
        </div>
      );
    case 'input':
      return <Input block={block} hands={hands} />;
    case 'table':
      return <Table block={block} />;
    case 'container':
      return <Container block={block} hands={hands} />;
    default:
      return <Library block={block} hands={hands} />;
  }
}

function Section({ block, hands }: Props) {
  const accessory = block['accessory'];
  return (
    <div className="b-section">
      <div className="grow">
        <Text of={block['text']} />
        {block['fields'] !== undefined && (
          <div className="fields">
            {asList(block['fields']).map((field, index) => (
              <Text key={index} of={field} />
            ))}
          </div>
        )}
      </div>
      {isJson(accessory) && <Element element={accessory} blockId={idOf(block)} hands={hands} />}
    </div>
  );
}

function Context({ block }: { block: Json }) {
  return (
    <div className="b-context">
      {objects(block['elements']).map((element, index) =>
        element['type'] === 'image' ? (
          <span
            key={index}
            className="picture"
            role="img"
            aria-label={asText(element['alt_text'])}
          />
        ) : (
          <Text key={index} of={element} />
        ),
      )}
    </div>
  );
}

/** Errors come from the bot's answer or from Slack's own checks, and stay until the next submission. */
function Input({ block, hands }: Props) {
  const element = block['element'];
  if (!isJson(element)) return null;
  const error = hands.errors[idOf(block)];
  const label = wordsOf(block['label']);
  return (
    <div className={`b-input ${error ? 'wrong' : ''}`}>
      <div className="label">
        {label} {block['optional'] === true && <span>(optional)</span>}
      </div>
      <Element
        element={element}
        blockId={idOf(block)}
        hands={hands}
        label={label}
        waits={block['dispatch_action'] !== true}
      />
      {error !== undefined && (
        <div className="error" role="alert" data-testid={`error-${idOf(block)}`}>
          {error}
        </div>
      )}
      {block['hint'] !== undefined && <div className="hint">{wordsOf(block['hint'])}</div>}
    </div>
  );
}

/** Drawn here and not by the library, so that what is inside can be acted on. */
function Container({ block, hands }: Props) {
  const inner = <Blocks blocks={objects(block['child_blocks'])} hands={hands} />;
  const title = wordsOf(block['title']);
  if (block['is_collapsible'] !== true) {
    return (
      <div className="b-container">
        <b>{title}</b>
        {inner}
      </div>
    );
  }
  return (
    <details className="b-container" open={block['default_collapsed'] !== true}>
      <summary>{title}</summary>
      {inner}
    </details>
  );
}

/** The library only draws; it gives each button its action_id as id, so that a click can be told. */
function Library({ block, hands }: Props) {
  return (
    <div
      className="b-library"
      onClickCapture={({ target }) => {
        const id = (target as HTMLElement).closest('button')?.id;
        const placed = placedElements([block]).find(({ element }) => element['action_id'] === id);
        const value = asText(placed?.element['value']);
        if (!placed || id === undefined) return;
        hands.act({ actionId: id, blockId: placed.blockId, ...(value ? { value } : {}) });
      }}
    >
      <Drawn blocks={[block]} />
    </div>
  );
}
