/// <reference lib="dom" />
import { asText, objects, type Json } from '../json';
import { Drawn } from './text';

/** Drawn here and not by the library, which would read the colons of `::/0` and of ARNs as emoji. */
export function Table({ block }: { block: Json }) {
  const settings = objects(block['column_settings']);
  const rows = Array.isArray(block['rows']) ? block['rows'].map(objects) : [];
  return (
    <div className="b-table">
      <table>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td
                  key={column}
                  className={settings[column]?.['is_wrapped'] === true ? 'wrapped' : ''}
                  align={settings[column]?.['align'] === 'right' ? 'right' : 'left'}
                >
                  {cell['type'] === 'raw_text' ? asText(cell['text']) : <Drawn blocks={[cell]} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
