import { CardRecord, type Cards } from '../domain/card';
import { keys } from './keys';
import type { Table } from './table';

export const cardsOn = (table: Table): Cards => ({
  async get(of) {
    const item = await table.get(keys.card(of));
    return item && CardRecord.parse(item.body);
  },
  put: (of, body) => table.put({ ...keys.card(of), kind: 'card', body }),
});
